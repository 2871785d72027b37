import { domainToASCII } from 'node:url';
import { expect, test } from 'vitest';
import { Host } from '../../functions/domain/audience.ts';
import { isOtherScript, lookAlikes } from '../../functions/domain/look-alike.ts';
import { plainly } from '../../functions/domain/text.ts';

const alike = (one: string, other: string) => lookAlikes([Host.parse(other)])(Host.parse(one)) !== null;

test.each([
  ['a hyphen', 'harlow-sheriff.example.org', 'harlowsheriff.example.org'],
  ['a letter more', 'harlowsherifff.example.org', 'harlowsheriff.example.org'],
  ['a letter less', 'harlowsherif.example.org', 'harlowsheriff.example.org'],
  ['another letter', 'harlowsherifg.example.org', 'harlowsheriff.example.org'],
  ['letters that read alike', 'modern-pd.example.org', 'modem-pd.example.org'],
  ['a nought for an o', 'harl0wsheriff.example.org', 'harlowsheriff.example.org'],
  ['two letters that changed places', 'harlowshreiff.example.org', 'harlowsheriff.example.org'],
  ['another ending', 'hq.dhs.com', 'hq.dhs.gov'],
])('a host with %s looks like the one we know', (_what, one, other) => {
  expect(alike(one, other)).toBe(true);
  expect(alike(other, one)).toBe(true);
});

test.each([
  ['itself', 'harlowsheriff.example.org', 'harlowsheriff.example.org'],
  ['another agency', 'fenwicksheriff.example.org', 'harlowsheriff.example.org'],
  ['a host below it', 'mail.harlowsheriff.example.org', 'harlowsheriff.example.org'],
])('%s does not', (_what, one, other) => {
  expect(alike(one, other)).toBe(false);
});

// harlоwsheriff, hаrlоwsheriff and a name of Cyrillic letters alone, as the wire has them
test.each([
  ['ours and more behind it', 'dhs.gov.example.com', 'dhs.gov', true],
  ['ours in the middle', 'mail.dhs.gov.example.com', 'dhs.gov', true],
  ['a letter of another script', domainToASCII('harlоwsheriff.example.org'), 'harlowsheriff.example.org', true],
  ['two of them', domainToASCII('hаrlоwsheriff.example.org'), 'harlowsheriff.example.org', true],
  ['another script, and another name', domainToASCII('münchen.example.org'), 'harlowsheriff.example.org', false],
])('a host that is not to be taken for ours: %s', (_what, one, other, like) => {
  expect(alike(one, other)).toBe(like);
});

test('a host in another script is said to be, whatever it reads like', () => {
  expect(isOtherScript(Host.parse(domainToASCII('аррӏе.example.org')))).toBe(true);
  expect(isOtherScript(Host.parse('axn--b.example.org'))).toBe(false);
});

test.each([
  ['a link', 'Sign in at www.evil.example', 'Sign in at www. evil. example'],
  ['an address with a scheme', 'https://evil.example/x', 'https evil. example x'],
  ['a telephone number', 'Call 800 555 0100 now', 'Call now'],
  ['marks of direction', 'Ana\u202Etxt.exe', 'Ana txt. exe'],
  ['lines', 'Ana\r\nBcc: all@x.example', 'Ana Bcc all x. example'],
  ['half a character', 'Ana\ud800', 'Ana'],
  ['a precinct', 'Marrow Bay Police, 14th Precinct', 'Marrow Bay Police, 14th Precinct'],
])('what a stranger says of themselves is plain words: %s', (_what, typed, words) => {
  expect(plainly(typed)).toBe(words);
});

test('it is cut between characters', () => {
  expect(plainly('\u{10330}'.repeat(80))).toBe('\u{10330}'.repeat(60));
});
