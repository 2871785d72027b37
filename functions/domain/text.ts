import { z } from 'zod';

/** One line: runs of blanks, line breaks, control characters and marks of direction become one blank. */
const asLine = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();

/** Several lines: line breaks stay; other control characters and marks go, but for those that join letters. */
export const asParagraphs = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n]|[^\P{Cf}\u200C\u200D]/gu, '')
    .trim();

const atMost = (longest: number) => z.string().max(longest, `Use at most ${longest} characters`);

/** A line of text without control characters; what people type is trimmed and its runs of blanks are folded. */
export const lineOfText = (longest: number, missing: string) =>
  z.string().transform(asLine).pipe(atMost(longest).min(1, missing));

/** The same, or nothing. */
export const optionalLine = (longest: number) => z.string().transform(asLine).pipe(atMost(longest));

/** Text of several lines: line breaks stay, other control characters go. */
export const paragraphs = (longest: number) => z.string().transform(asParagraphs).pipe(atMost(longest));
