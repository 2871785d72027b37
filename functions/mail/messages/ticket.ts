import { ACCOMMODATION_WORDS, type Accommodations } from '../../domain/questions.ts';
import {
  bothZones,
  clockWithZone,
  dayWords,
  durationWords,
  inTwoZones,
  localDay,
  longDate,
  monthDay,
  shortDate,
  type Instant,
  type TimeZone,
} from '../../domain/time.ts';
import { byDay, oneLine, ownTitle, type Facts } from '../facts.ts';
import type { Action, DateBlock, Row, Section, Ticket } from '../message.ts';

/** "Wed, March 10, 1:00 PM MT": what a subject says of the time. */
export const when = ({ startsAt, own }: Facts): string =>
  `${shortDate(startsAt, own)}, ${clockWithZone(startsAt, own)}`;
/** "March 10" */
export const onDay = ({ startsAt, own }: Facts): string => monthDay(startsAt, own);

const onOneDay = ({ startsAt, endsAt, own }: Facts): boolean => localDay(startsAt, own) === localDay(endsAt, own);

function dateBlock(facts: Facts, tone: DateBlock['tone']): DateBlock {
  const from = dayWords(facts.startsAt, facts.own);
  // what ends at midnight or after it is still one evening
  const to = facts.sessions.length > 1 && !onOneDay(facts) ? dayWords(facts.endsAt, facts.own) : from;
  const range = (a: string, b: string) => (a === b ? a : `${a}–${b}`);
  return {
    tone,
    weekday: range(from.weekday.slice(0, 3), to.weekday.slice(0, 3)),
    day: to === from ? String(from.day) : `${from.day}–${to.day}`,
    month: from.month === to.month ? from.month : range(from.month.slice(0, 3), to.month.slice(0, 3)),
  };
}

/** The time in the person's zone, the event's behind it. */
export function timeRow(label: string, from: Instant, to: Instant, own: TimeZone, zone: TimeZone): Row {
  const times = inTwoZones(from, to, own, zone);
  return { label, value: times.own, ...(times.event === null ? {} : { quiet: `(${times.event})` }) };
}

/** What and when. A course of several days is said by its first and last; the pages have each of them. */
export function whenRows(facts: Facts): Row[] {
  const { startsAt, endsAt, own, zone, sessions } = facts;
  if (sessions.length > 1 && !onOneDay(facts))
    return [
      { label: 'From', value: longDate(startsAt, own), strong: true },
      { label: 'To', value: longDate(endsAt, own), strong: true },
    ];
  return [
    { ...timeRow('Your time', startsAt, endsAt, own, zone), strong: true },
    { label: 'Date', value: longDate(startsAt, own) },
  ];
}

/** What it was, for what is over or was refused. */
export const goneRows = (facts: Facts, label: string): Row[] => [
  { ...timeRow(label, facts.startsAt, facts.endsAt, facts.own, facts.zone), gone: true },
  { label: 'Date', value: longDate(facts.startsAt, facts.own), gone: true },
];

export function moreRows(facts: Facts, accommodations: Accommodations | null): Row[] {
  const [only, ...others] = facts.sessions;
  const single = others.length === 0 ? only : undefined;
  const title = single ? ownTitle(single, facts) : null;
  const needs = [
    ...(accommodations?.needs.map((need) => ACCOMMODATION_WORDS[need]) ?? []),
    ...(accommodations?.other ? [oneLine(accommodations.other)] : []),
  ];
  return [
    ...(title === null ? [] : [{ label: 'Session', value: title }]),
    ...(single && single.place !== '' ? [{ label: 'Where', value: single.place }] : []),
    ...(needs.length === 0 ? [] : [{ label: 'Asked for', value: needs.join(', ') }]),
  ];
}

export const ticket = (facts: Facts, tone: DateBlock['tone'], rows: readonly Row[], action?: Action): Ticket => ({
  block: dateBlock(facts, tone),
  title: facts.title,
  rows,
  ...(action ? { action } : {}),
});

/** The personal join page of what has one session; a day of several lists them ({@link agenda}). */
export function joinAction(facts: Facts, lead: string): Action | undefined {
  const [only, ...others] = facts.sessions;
  if (!only || others.length > 0 || only.join === null) return undefined;
  const { own } = facts;
  return {
    words: 'Open my join page',
    url: only.join,
    note: `${lead} It shows one button from ${clockWithZone(only.joinOpensAt, own)} on ${monthDay(only.joinOpensAt, own)}. Opening it earlier changes nothing.`.trimStart(),
    plain: joinTerms(facts),
  };
}

const joinTerms = (facts: Facts): string =>
  facts.joinNeedsSignIn
    ? 'This link is yours alone, and asks you to sign in:'
    : 'This link works without signing in and is yours alone:';

/** Each session of a day with its time and its own join page. */
export function agenda(facts: Facts): Section[] {
  const { own, zone, sessions } = facts;
  if (sessions.length < 2) return [];
  const days = byDay(facts).length;
  const early = Math.max(...sessions.map((session) => session.startsAt - session.joinOpensAt));
  const opens = `It shows one button from ${early === 0 ? 'the start' : `${durationWords(early)} before the start`}.`;
  return [
    {
      heading: 'Your sessions',
      paragraphs: [
        {
          words: facts.joinNeedsSignIn
            ? `Each has its own join page, which is yours alone and asks you to sign in. ${opens}`
            : `Each has its own join page, which works without signing in and is yours alone. ${opens}`,
        },
      ],
    },
    ...sessions.map((session) => ({
      heading: session.title,
      paragraphs: [
        {
          words: [
            ...(days > 1 ? [`${longDate(session.startsAt, own)}.`] : []),
            `${bothZones(session.startsAt, session.endsAt, own, zone)}.`,
            ...(session.place === '' ? [] : [`${session.place}.`]),
          ].join(' '),
          ...(session.join === null ? {} : { link: { words: `Join page of ${session.title}`, url: session.join } }),
        },
      ],
    })),
  ];
}
