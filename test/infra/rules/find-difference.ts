/** What is there and not wanted, or wanted and not there, each as a line. */
export function findDifference(there: readonly string[], wanted: readonly string[]): string[] {
  return [
    ...there.filter((line) => !wanted.includes(line)).map((line) => `${line}: is not asked for`),
    ...wanted.filter((line) => !there.includes(line)).map((line) => `${line}: is missing`),
  ];
}
