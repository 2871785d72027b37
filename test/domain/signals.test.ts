import { expect, test } from 'vitest';
import { Host } from '../../functions/domain/audience.ts';
import { looksLike } from '../../functions/domain/signals.ts';

const alike = (one: string, other: string) => looksLike(Host.parse(one), Host.parse(other));

test.each([
  ['a hyphen', 'harlow-sheriff.example.org', 'harlowsheriff.example.org'],
  ['a letter more', 'harlowsherifff.example.org', 'harlowsheriff.example.org'],
  ['a letter less', 'harlowsherif.example.org', 'harlowsheriff.example.org'],
  ['another letter', 'harlowsherifg.example.org', 'harlowsheriff.example.org'],
  ['letters that read alike', 'modern-pd.example.org', 'modem-pd.example.org'],
  ['a nought for an o', 'harl0wsheriff.example.org', 'harlowsheriff.example.org'],
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
