import { cpSync, mkdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

const { env } = process;
const from = join(env['GITHUB_WORKSPACE'] ?? '', env['INPUT_PATH'] ?? '');
const to = join(env['STAND_IN_ARTIFACTS'] ?? '', env['INPUT_NAME'] ?? '');
mkdirSync(to, { recursive: true });
cpSync(from, statSync(from).isFile() ? join(to, basename(from)) : to, { recursive: true });
