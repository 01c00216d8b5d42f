import { describe, expect, test } from 'vitest';
import { readAddedLines } from '../../../environments/schema/read-added-lines.ts';

const DIFF = `diff --git a/docs/a.md b/docs/a.md
index 1111111..2222222 100644
--- a/docs/a.md
+++ b/docs/a.md
@@ -3 +3,2 @@ heading
-old
+new
+++ b/looks/like/a/header.md
@@ -10,0 +12 @@
+last
\\ No newline at end of file
diff --git a/gone.md b/gone.md
deleted file mode 100644
--- a/gone.md
+++ /dev/null
@@ -1,2 +0,0 @@
-one
---- two
diff --git "a/odd\\tname.md" "b/odd\\tname.md"
--- "a/odd\\tname.md"
+++ "b/odd\\tname.md"
@@ -1,3 +1,3 @@
 kept
-was
+is
 kept
`;

describe('readAddedLines', () => {
  test('gives every added line with its file and number', () => {
    expect(readAddedLines(DIFF).map(({ file, line, text }) => `${file}:${line}:${text}`)).toEqual([
      'docs/a.md:3:new',
      'docs/a.md:4:++ b/looks/like/a/header.md',
      'docs/a.md:12:last',
      'odd\\tname.md:2:is',
    ]);
  });

  test('has none for an empty diff', () => {
    expect(readAddedLines('')).toEqual([]);
  });
});
