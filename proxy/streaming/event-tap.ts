import { readUsage } from '../usage/read-usage.ts';
import type { TokenUsage } from '../spend/spend-log.ts';

// Server-sent events pass through as bytes. The tap only finds where frames end, so that what leaves is always whole
// frames, and looks into the one or two that matter: the usage frame and [DONE].

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const USAGE_KEY = Buffer.from('"usage"');
const DONE = Buffer.from('data: [DONE]');
const DONE_COMPACT = Buffer.from('data:[DONE]');
const CONTENT_KEY = Buffer.from('content":"');
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const SPACE = 0x20;
const EMPTY = Buffer.alloc(0);

/** A frame that does not end within so many bytes is passed on as it is. */
const MAX_HELD_BYTES = 1024 * 1024;
const BYTES_PER_TOKEN = 4;

/** Reads usage from a stream of events as it passes, and withholds the usage frame where nobody asked for it. */
export class EventTap {
  usage: TokenUsage | undefined;
  /** The upstream said [DONE]; that frame is in `rest`. */
  isDone = false;
  /** Bytes that must not leave before the request is accounted for: [DONE] and what follows. */
  rest: Buffer = EMPTY;
  readonly #withholdsUsage: boolean;
  #pending: Buffer = EMPTY;
  #contentFrames = 0;
  #contentBytes = 0;

  constructor(withholdsUsage: boolean) {
    this.#withholdsUsage = withholdsUsage;
  }

  /** Takes a chunk and gives the whole frames that may leave now, if any. */
  push(chunk: Buffer): Buffer {
    if (this.isDone) return EMPTY;
    const bytes = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    const end = endOfFrames(bytes);
    if (end === 0 && bytes.length <= MAX_HELD_BYTES) {
      this.#pending = bytes;
      return EMPTY;
    }
    const frames = end === 0 ? bytes : bytes.subarray(0, end);
    this.#pending = bytes.subarray(frames.length);
    this.#countContent(frames);
    return hasUsageObject(frames) || isDoneIn(frames) ? this.#sift(frames) : frames;
  }

  /** The upstream ended: what is held becomes the rest. */
  end(): void {
    if (this.isDone || this.#pending.length === 0) return;
    const last = this.#pending;
    this.#pending = EMPTY;
    this.rest = hasUsageObject(last) || isDoneIn(last) ? Buffer.concat([this.#sift(last), this.rest]) : last;
  }

  /** An estimate where no usage came: a content frame is one token at least, and four bytes are about one. */
  estimateOutputTokens(): number {
    return Math.max(this.#contentFrames, Math.ceil(this.#contentBytes / BYTES_PER_TOKEN));
  }

  /** Frame by frame: at most a few times in a stream. */
  #sift(frames: Buffer): Buffer {
    const kept: Buffer[] = [];
    let at = 0;
    while (at < frames.length && !this.isDone) {
      const end = endOfFirstFrame(frames, at);
      const frame = frames.subarray(at, end);
      if (isDoneIn(frame)) {
        this.isDone = true;
        this.rest = frames.subarray(at);
      } else if (!this.#readUsageFrame(frame)) kept.push(frame);
      at = end;
    }
    return kept.length === 1 ? (kept[0] ?? EMPTY) : Buffer.concat(kept);
  }

  /** True for a frame that must not reach the client. */
  #readUsageFrame(frame: Buffer): boolean {
    if (!hasUsageObject(frame)) return false;
    const event = parseEvent(frame);
    const usage = readUsage(event?.usage);
    if (usage === undefined) return false;
    this.usage = usage;
    return this.#withholdsUsage && Array.isArray(event?.choices) && event.choices.length === 0;
  }

  #countContent(frames: Buffer): void {
    for (let at = frames.indexOf(CONTENT_KEY); at !== -1; at = frames.indexOf(CONTENT_KEY, at)) {
      const start = at + CONTENT_KEY.length;
      at = start;
      while (at < frames.length && frames[at] !== QUOTE) at += frames[at] === BACKSLASH ? 2 : 1;
      if (at === start) continue;
      this.#contentFrames += 1;
      this.#contentBytes += at - start;
    }
  }
}

/** The offset behind the last blank line; 0 without one. Lines may end in LF or CRLF. */
function endOfFrames(bytes: Buffer): number {
  let at = bytes.length;
  while ((at = bytes.lastIndexOf(LINE_FEED, at - 1)) > 0) {
    if (isBlankLineEnd(bytes, at)) return at + 1;
  }
  return 0;
}

function endOfFirstFrame(bytes: Buffer, from: number): number {
  let at = from;
  while ((at = bytes.indexOf(LINE_FEED, at)) !== -1) {
    if (at > from && isBlankLineEnd(bytes, at)) return at + 1;
    at += 1;
  }
  return bytes.length;
}

function isBlankLineEnd(bytes: Buffer, lineFeed: number): boolean {
  const before = bytes[lineFeed - 1];
  return before === LINE_FEED || (before === CARRIAGE_RETURN && bytes[lineFeed - 2] === LINE_FEED);
}

function isDoneIn(frames: Buffer): boolean {
  return frames.includes(DONE) || frames.includes(DONE_COMPACT);
}

/** `"usage":{`, as opposed to the `"usage":null` of every other frame. Inside text the quotes would be escaped. */
function hasUsageObject(frames: Buffer): boolean {
  for (let at = frames.indexOf(USAGE_KEY); at !== -1; at = frames.indexOf(USAGE_KEY, at)) {
    at += USAGE_KEY.length;
    let next = at;
    while (frames[next] === SPACE || frames[next] === COLON) next += 1;
    if (frames[next] === OPEN_BRACE) return true;
  }
  return false;
}

function parseEvent(frame: Buffer): { usage?: unknown; choices?: unknown } | undefined {
  const text = frame.toString('utf8');
  const data = text
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice('data:'.length))
    .join('\n');
  try {
    return JSON.parse(data) as { usage?: unknown; choices?: unknown };
  } catch {
    return undefined;
  }
}
