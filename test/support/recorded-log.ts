/** A log that keeps what it is given, as `level: message`. */
export interface RecordedLog {
  readonly lines: string[];
  info(fields: unknown, message?: string): void;
  warn(fields: unknown, message?: string): void;
  error(fields: unknown, message?: string): void;
}

export function recordLog(): RecordedLog {
  const lines: string[] = [];
  const keep = (level: string) => (fields: unknown, message?: string) => {
    lines.push(`${level}: ${message ?? String(fields)}`);
  };
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') };
}
