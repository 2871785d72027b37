import * as z from 'zod';

/**
 * Nothing to be seen: blanks, marks that stand on a letter, and what counts as letters but is none, as fillers of Hangul
 * and Braille without a dot do.
 */
const UNSEEN = /^[\s\p{Cf}\p{M}\u115F\u1160\u2800\u3164\uFFA0]*$/u;
const orNothing = (text: string): string => (UNSEEN.test(text) ? '' : text);

/** One line: runs of blanks, line breaks, control characters and marks of direction become one blank. */
export const lineOf = (text: string): string =>
  orNothing(
    text
      .normalize('NFC')
      .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
      .trim(),
  );

/** Several lines: line breaks stay; other control characters and marks go, but for those that join letters. */
export const asParagraphs = (text: string): string =>
  orNothing(
    text
      .normalize('NFC')
      .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
      .replace(/[^\P{Cc}\n]|[^\P{Cf}\u200C\u200D]/gu, '')
      .trim(),
  );

const atMost = (longest: number) => z.maxLength(longest, `Use at most ${longest} characters`);

/** A line of text without control characters; what people type is trimmed and its runs of blanks are folded. */
export const lineOfText = (longest: number, missing: string) =>
  z.string().check(z.overwrite(lineOf), atMost(longest), z.minLength(1, missing));

/** The same, or nothing. */
export const optionalLine = (longest: number) => z.string().check(z.overwrite(lineOf), atMost(longest));

/** Text of several lines: line breaks stay, other control characters go. */
export const paragraphs = (longest: number) => z.string().check(z.overwrite(asParagraphs), atMost(longest));

/** In characters, so that none is cut in two. */
const SO_LONG = /^.{0,60}/u;
/** Fewer than a telephone number has. */
const MOST_DIGITS = 4;

/**
 * What an applicant says of themselves, as it may reach a stranger under our name: no more than a name has, and nothing
 * that can be called, or that a mail program makes a link of.
 */
export function plainly(typed: string): string {
  const words = lineOf(typed.toWellFormed()).replaceAll(/[^\p{L}\p{M}\p{N} .,'’&()-]/gu, ' ');
  const numbers = (words.match(/\p{N}/gu) ?? []).length;
  const short = (numbers > MOST_DIGITS ? words.replaceAll(/\p{N}/gu, ' ') : words)
    .replaceAll(/\.(?=\S)/g, '. ')
    .replaceAll(/ +/g, ' ');
  return (SO_LONG.exec(short)?.[0] ?? '').trim();
}
