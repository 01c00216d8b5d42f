import { cpSync } from 'node:fs';
import { join } from 'node:path';

const { env } = process;
const from = join(env['STAND_IN_ARTIFACTS'] ?? '', env['INPUT_NAME'] ?? '');
cpSync(from, join(env['GITHUB_WORKSPACE'] ?? '', env['INPUT_PATH'] ?? ''), { recursive: true });
