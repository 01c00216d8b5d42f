import { join } from 'node:path';
import { answerBody } from './chat-payload.ts';
import { startNginx } from './nginx-process.ts';
import { startPinned, type PinnedProcess } from './pinned-process.ts';
import { LOAD_CORE } from './variants.ts';

/** The cheapest upstream there is: nginx with a fixed answer, or for streams a bare socket with a fixed burst. */
export async function startMockUpstream(folder: string, port: number, isStream: boolean): Promise<PinnedProcess> {
  const upstream = isStream ? startStreamUpstream(folder, port) : startFixedUpstream(folder, port);
  await upstream.answers(`http://127.0.0.1:${port}/`);
  return upstream;
}

function startFixedUpstream(folder: string, port: number): PinnedProcess {
  const http = `server {
    listen 127.0.0.1:${port} backlog=4096;
    default_type application/json;
    location / { return 200 '${answerBody()}'; }
  }`;
  return startNginx({ folder, name: 'upstream', core: LOAD_CORE, http });
}

function startStreamUpstream(folder: string, port: number): PinnedProcess {
  const args = [join(import.meta.dirname, 'stream-upstream.ts'), String(port)];
  return startPinned({ core: LOAD_CORE, command: process.execPath, args, logFile: join(folder, 'upstream.log') });
}
