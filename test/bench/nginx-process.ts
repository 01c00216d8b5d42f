import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPinned, type PinnedProcess } from './pinned-process.ts';

interface NginxSettings {
  readonly folder: string;
  readonly name: string;
  readonly core: number;
  /** The content of the http block. */
  readonly http: string;
}

/** Starts nginx with one worker; its answers are not logged, as nobody would read a million lines. */
export function startNginx({ folder, name, core, http }: NginxSettings): PinnedProcess {
  const file = join(folder, `${name}.conf`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  writeFileSync(
    file,
    `${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off;
worker_processes 1;
error_log stderr;
pid ${join(folder, `${name}.pid`)};
events { worker_connections 4096; }
http {
  access_log off;
  keepalive_requests 100000000;
  client_header_buffer_size 8k;
  client_body_buffer_size 64k;
  ${temporary.map((kind) => `${kind}_temp_path ${join(folder, `${name}-${kind}`)};`).join('\n  ')}
  ${http}
}
`,
  );
  return startPinned({
    core,
    command: 'nginx',
    args: ['-c', file, '-p', folder],
    logFile: join(folder, `${name}.log`),
  });
}
