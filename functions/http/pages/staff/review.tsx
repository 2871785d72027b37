import { Hono } from 'hono';
import { NOBODY } from '../../../domain/actor.ts';
import { hostOfEmail } from '../../../domain/audience.ts';
import { answerBy } from '../../../domain/holidays.ts';
import { RegistrationId, type EventId } from '../../../domain/ids.ts';
import { REASON } from '../../../domain/questions.ts';
import { idOf, type Sponsor } from '../../../domain/registration.ts';
import type { FieldError } from '../../../domain/result.ts';
import { hasRoom } from '../../../domain/seats.ts';
import { isFreeMail, isVouchedFor, type Signal as KnownSignal } from '../../../domain/signals.ts';
import { decideMany, type Decision } from '../../../usecases/decide-registration.ts';
import { viewEvent, type EventSeen } from '../../../usecases/list-events.ts';
import { reviewPeople, type Applicant as Reviewed } from '../../../usecases/review-people.ts';
import type { RosterFound } from '../../../usecases/roster.ts';
import type { Instead } from '../../../../web/pages/event.tsx';
import { DENIAL_LONGEST } from '../../../../web/pages/staff/deny-panel.tsx';
import { ReviewPage, type Applicant, type Denying, type Signal } from '../../../../web/pages/staff/review.tsx';
import { longDate, monthDay, type TimeZone } from '../../../domain/time.ts';
import { colleagueWords } from '../../../../web/words/colleagues.ts';
import { people } from '../../../../web/words/when.ts';
import type { Env } from '../../session.ts';
import { deskFrameOf, formOf, noticeNext, show, type PageContext } from '../page.tsx';
import { showDeskRefusal } from './refusal.tsx';
import { insteadOf } from '../views.ts';
import { chosenWords, headOf } from './event-head.ts';
import { freshHost } from './hosts.tsx';
import { eventOf } from './people-of-event.tsx';

function signalOf(signal: KnownSignal, zone: TimeZone): Signal {
  switch (signal.kind) {
    case 'colleagues':
      return {
        tone: 'good',
        icon: 'people',
        words: colleagueWords(signal, zone),
      };
    case 'look-alike':
      return { tone: 'bad', icon: 'error', words: `Looks like ${signal.of}, a host we know, but is not` };
    case 'other-script':
      return { tone: 'bad', icon: 'error', words: 'Its host has letters of another script' };
    case 'sponsor':
      return sponsorSignal(signal.sponsor, zone);
    case 'sponsor-wanted':
      return {
        tone: 'warn',
        icon: 'mail',
        words: `Asked for a sponsor or work email, ${monthDay(signal.at, zone)}: nobody named yet`,
      };
    case 'denied-before':
      return {
        tone: 'warn',
        icon: 'history',
        words: `Denied before, asked ${longDate(signal.appliedAt, zone)}: ${signal.reason}`,
      };
    case 'free-mail':
      return { tone: 'warn', icon: 'help', words: signal.sponsorNamed ? 'Free mail' : 'Free mail, no sponsor named' };
    case 'nobody-before':
      return {
        tone: 'warn',
        icon: 'help',
        words: signal.denied > 0 ? `Nobody from here approved, ${signal.denied} denied` : 'Nobody from here before',
      };
  }
}

function sponsorSignal({ email, agency, answer, askedAt, answeredAt }: Sponsor, zone: TimeZone): Signal {
  const who = `${email}, ${agency}, ${monthDay(answeredAt ?? askedAt, zone)}`;
  switch (answer) {
    case 'confirmed':
      return { tone: 'good', icon: 'mail', words: `Confirmed by mail: ${who}` };
    case 'unknown':
      return { tone: 'bad', icon: 'mail', words: `Not known to the supervisor they named: ${who}` };
    case null:
      return { tone: 'warn', icon: 'mail', words: `Asked a supervisor, no answer yet: ${who}` };
  }
}

function hostNote({ host, registration }: Reviewed): string {
  if (isFreeMail(hostOfEmail(registration.email))) return 'Free mail';
  if (!host) return 'Not decided';
  return host.class === 'shared'
    ? `Shared: ${host.agency}`
    : host.class === 'contractor'
      ? host.agency
      : `Known: ${host.agency}`;
}

function applicantOf(reviewed: Reviewed, found: RosterFound, full: ReadonlySet<string>): Applicant {
  const { registration, details, signals } = reviewed;
  const reason = details?.answers[REASON];
  return {
    registrationId: idOf(registration),
    name: registration.profile?.name ?? '',
    title: registration.profile?.title ?? '',
    agency: registration.profile?.agency ?? '',
    email: registration.email,
    hostNote: hostNote(reviewed),
    signals: signals.map((signal) => signalOf(signal, found.event.timeZone)),
    reason: typeof reason === 'string' ? reason : '',
    session: chosenWords(registration, found.event),
    sessionFull: full.has(registration.pool),
    answerBy: answerBy(registration.appliedAt),
  };
}

/** Reasons to choose from; each is the sentence that the person reads. */
const REASONS = [
  {
    value: 'audience',
    words: 'This training is for others',
    sentence: 'This training is for law enforcement and the people named on its page.',
  },
  {
    value: 'agency',
    words: 'We couldn’t confirm the agency',
    sentence: 'We couldn’t confirm the agency that you gave.',
  },
] as const;

interface Denial {
  readonly ids: readonly string[];
  readonly chosen: string;
  readonly other: string;
  readonly offered: boolean;
  readonly errors: readonly FieldError[];
}

const offerWords = (instead: Instead): string => `We also hold “${instead.title}”, which is open to you.`;

function denyingOf(denial: Denial, instead: Instead | null): Denying {
  const end = [...(instead && denial.offered ? [offerWords(instead)] : []), 'If we got this wrong, write to us.'];
  return {
    registrationIds: denial.ids,
    reasons: [
      ...REASONS.map(({ value, words, sentence }) => ({
        value,
        words,
        email: ['We can’t give you a seat.', sentence, ...end],
      })),
      {
        value: 'other',
        words: 'Another reason',
        email: ['We can’t give you a seat.', denial.other || 'Your words stand here.', ...end],
      },
    ],
    chosen: denial.chosen,
    other: denial.other,
    instead: instead ? { words: `Offer “${instead.title}”`, offered: denial.offered } : null,
    errors: denial.errors,
  };
}

/** What the page shows beside the people. */
interface Pressed {
  readonly picked: readonly string[];
  readonly denial: Denial | null;
  readonly nobodyPicked?: boolean;
}

/** As anybody sees it: whom staff deny may not be told of what they may not know of. */
const offeredTo = (c: PageContext, seen: Pick<EventSeen, 'event' | 'program'>): Promise<Instead | null> =>
  insteadOf({ ...c.var.desk, actor: NOBODY }, seen);

async function reviewPage(c: PageContext, { picked, denial, nobodyPicked = false }: Pressed) {
  const event = eventOf(c);
  if (!event.ok) return showDeskRefusal(c, event.refusal);
  const reviewed = await reviewPeople(c.var.desk, { event: event.value });
  if (!reviewed.ok) return showDeskRefusal(c, reviewed.refusal);
  const { found, applicants, hosts } = reviewed.value;
  const seen = await viewEvent(c.var.desk, { id: event.value });
  const pools = seen.ok ? seen.value.pools : [];
  const full = new Set<string>(pools.filter(({ seats }) => !hasRoom(seats)).map(({ seats }) => seats.pool));
  const shown = applicants.map((one) => ({
    known: isVouchedFor(one.signals),
    person: applicantOf(one, found, full),
  }));
  const instead = denial ? await offeredTo(c, found) : null;
  return show(
    c,
    <ReviewPage
      frame={deskFrameOf(c)}
      event={await headOf(c.var.desk, found, found)}
      remembers={found.event.audience.kind === 'hosts'}
      known={shown.filter(({ known }) => known).map(({ person }) => person)}
      unknown={shown.filter(({ known }) => !known).map(({ person }) => person)}
      hosts={hosts.map((host) => ({
        ...host,
        waiting: host.waiting.map(({ profile, email }) => profile?.name ?? email),
      }))}
      hostForm={hosts[0] ? freshHost(hosts[0].agency, found.event, c.var.desk.clock.now()) : null}
      picked={picked}
      denying={denial && denyingOf(denial, instead)}
      nobodyPicked={nobodyPicked}
    />,
    nobodyPicked || (denial && denial.errors.length > 0) ? 422 : 200,
  );
}

/** What each press did, and why it did nothing for some. */
const DONE: Readonly<Record<Decision, { readonly did: string; readonly failed: string }>> = {
  approve: { did: 'Approved', failed: 'had an answer already' },
  deny: { did: 'Denied', failed: 'had an answer already' },
  'ask-for-sponsor': {
    did: 'Asked for a sponsor or work email:',
    failed: 'had an answer already, or asked as many supervisors as they can',
  },
};

/** "Approved 2 people.", and what could not be done. */
async function decide(c: PageContext, event: EventId, ids: readonly string[], decision: Decision, reason?: string) {
  const parsed = ids.flatMap((id) => RegistrationId.safeParse(id).data ?? []);
  const decided = await decideMany(c.var.desk, {
    event,
    decisions: parsed.map((registrationId) => ({ registrationId, decision, reason })),
  });
  if (!decided.ok) return showDeskRefusal(c, decided.refusal);
  const done = decided.value.filter(({ result }) => result.ok).length;
  const failed = decided.value.length - done;
  const { did, failed: why } = DONE[decision];
  noticeNext(
    c,
    [
      ...(done > 0 ? [`${did} ${people(done)}. They are told by email.`] : []),
      ...(failed > 0 ? [`${people(failed)} ${why}.`] : []),
    ].join(' '),
  );
  return c.redirect(`/staff/events/${event}/review`, 303);
}

async function decideByForm(c: PageContext, event: EventId): Promise<Response> {
  const form = await formOf(c);
  const ids = form.all('registration');
  const press = form.get('do');
  if (ids.length === 0) return reviewPage(c, { picked: [], denial: null, nobodyPicked: true });
  if (press === 'approve' || press === 'ask-for-sponsor') return decide(c, event, ids, press);
  const denial: Denial = {
    ids,
    chosen: form.get('reason') || (press === 'deny-send' ? '' : 'audience'),
    other: form.get('other'),
    offered: press === 'deny-send' ? form.get('offer') === 'yes' : true,
    errors: [],
  };
  if (press !== 'deny-send') return reviewPage(c, { picked: ids, denial });
  const sentence = REASONS.find(({ value }) => value === denial.chosen)?.sentence ?? denial.other;
  if (sentence === '' || sentence.length > DENIAL_LONGEST) {
    const message =
      denial.chosen === 'other'
        ? `Say why in your own words, in at most ${DENIAL_LONGEST} characters`
        : 'Choose what the email should say';
    const errors = [{ path: denial.chosen === 'other' ? 'other' : 'reason', message }];
    return reviewPage(c, { picked: ids, denial: { ...denial, errors } });
  }
  const seen = await viewEvent(c.var.desk, { id: event });
  const instead = denial.offered && seen.ok ? await offeredTo(c, seen.value) : null;
  return decide(c, event, ids, 'deny', instead ? `${sentence} ${offerWords(instead)}` : sentence);
}

/** Who applied to one event, and a yes or a no to each. */
export const reviewPages = new Hono<Env>()
  .get('/staff/events/:id/review', (c) => reviewPage(c, { picked: [], denial: null }))
  .post('/staff/events/:id/review', async (c) => {
    const event = eventOf(c);
    return event.ok ? decideByForm(c, event.value) : showDeskRefusal(c, event.refusal);
  });
