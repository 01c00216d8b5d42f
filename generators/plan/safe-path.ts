const MAX_PATH_LENGTH = 1_024;

/** Whether a path that somebody else committed may be written below a folder: it leads nowhere else on any system. */
export function isSafePath(path: string): boolean {
  if (path.length > MAX_PATH_LENGTH || hasControlCharacter(path) || path.includes('\\')) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
