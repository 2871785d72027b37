import type { Actor } from './actor.ts';
import { hostOfEmail, judge, type Audience, type HostRecord } from './audience.ts';
import type { Decision } from './decide.ts';
import type { TrainingEvent } from './event.ts';
import type { Email } from './person.ts';
import { actAudit, overFor, owe, type Registration, type Sponsor } from './registration.ts';
import { conflict, invalid, ok } from './result.ts';
import { isFreeMail } from './signals.ts';
import type { Instant } from './time.ts';

const NOT_ONE_TO_ASK =
  'Enter the work address of a supervisor or colleague at an agency that we know for this training';

/** How many are mailed for one registration. */
export const MOST_ASKED = 3;

/**
 * Whether somebody with this address may be asked: at a host that lets its people in by itself. Of a host that several
 * share, or that anybody can have an address at, a yes says nothing.
 */
export function mayBeAsked(email: Email, audience: Audience, record: HostRecord | null, now: Instant): boolean {
  const host = hostOfEmail(email);
  if (isFreeMail(host)) return false;
  if (audience.kind === 'hosts') return judge(audience, 'automatic', host, record, now).verdict === 'qualifies';
  return record !== null && record.class === 'exclusive' && now < record.expiresAt;
}

/** Where mail to the address ends up: what follows a plus sign is a note of its owner's. */
const mailbox = (email: Email): string => email.replace(/\+[^@]*/, '');

/** Everybody who was asked, the last one first. */
export const everyoneAsked = ({ sponsor, askedBefore = [] }: Pick<Registration, 'sponsor' | 'askedBefore'>) =>
  sponsor ? [sponsor, ...askedBefore] : [];

/** Somebody to ask, as the applicant typed them. */
export interface Asking {
  readonly email: Email;
  /** Whose the host is; null: not one to ask. */
  readonly agency: string | null;
  /** Whom the applicant's page showed as asked, null: nobody; left out: not checked. A late copy of an ask replaces nobody. */
  readonly insteadOf?: Email | null | undefined;
}

/** Asks a supervisor by mail. Another address takes the place of the one before, whose link is dead from then on. */
export function askSponsor(
  held: Registration,
  event: TrainingEvent,
  { email, agency, insteadOf }: Asking,
  actor: Actor,
  now: Instant,
): Decision {
  if (held.status !== 'pending') return conflict(`This registration is ${held.status}, so nobody needs to confirm you`);
  const over = overFor(held, event, now);
  if (over) return over;
  const asked = everyoneAsked(held);
  if (held.sponsor?.email === email) return ok(null);
  if (held.sponsor?.answer === 'confirmed') return conflict('Somebody has confirmed you already');
  if (insteadOf !== undefined && insteadOf !== (held.sponsor?.email ?? null))
    return conflict('You asked somebody else meanwhile. Look at whom, and then ask again');
  if (asked.length >= MOST_ASKED) return conflict(`You have asked ${MOST_ASKED} people, and we don’t mail more`);
  if (mailbox(email) === mailbox(held.email))
    return invalid({ path: 'email', message: 'Enter a supervisor’s address, not your own' });
  if (agency === null) return invalid({ path: 'email', message: NOT_ONE_TO_ASK });
  const sponsor: Sponsor = { email, agency, askedAt: now, answer: null, answeredAt: null };
  const after: Registration = {
    ...held,
    rev: held.rev + 1,
    sponsor,
    ...(asked.length > 0 ? { askedBefore: asked } : {}),
  };
  return ok({
    registrations: [{ before: held, after }],
    owed: [{ ...owe(after, 'sponsor-asked', now), email }],
    audit: [actAudit(after, 'asked a supervisor', actor, now, hostOfEmail(email))],
  });
}

/** Staff ask the applicant to name a supervisor, or to apply with a work address: by mail, once. */
export function askForSponsor(held: Registration, event: TrainingEvent, actor: Actor, now: Instant): Decision {
  if (held.status !== 'pending')
    return conflict(`This registration is ${held.status}, so nobody needs to confirm them`);
  const over = overFor(held, event, now);
  if (over) return over;
  if (held.sponsorWantedAt !== undefined) return ok(null);
  if (held.sponsor?.answer === 'confirmed') return conflict('A supervisor has confirmed them already');
  if (everyoneAsked(held).length >= MOST_ASKED)
    return conflict(`They have asked ${MOST_ASKED} people, and we don’t mail more`);
  const after: Registration = { ...held, rev: held.rev + 1, sponsorWantedAt: now };
  return ok({
    registrations: [{ before: held, after }],
    owed: [owe(after, 'sponsor-wanted', now)],
    audit: [actAudit(after, 'asked for a sponsor', actor, now)],
  });
}

/** Whether an answer is still of use: not decided yet, and the training has not begun. */
export const awaitsSponsor = (held: Registration, event: TrainingEvent, now: Instant): boolean =>
  held.status === 'pending' && overFor(held, event, now) === null;

/**
 * The supervisor's answer, once.
 * @param asked as the supervisor's page read it: another may be asked since
 */
export function answerForApplicant(
  held: Registration,
  event: TrainingEvent,
  asked: Sponsor,
  answer: 'confirmed' | 'unknown',
  actor: Actor,
  now: Instant,
): Decision {
  if (held.sponsor?.email !== asked.email || held.sponsor.askedAt !== asked.askedAt)
    return conflict('The applicant asked somebody else meanwhile');
  if (held.sponsor.answer !== null) return ok(null);
  if (!awaitsSponsor(held, event, now)) return conflict('No answer is needed any more');
  const after: Registration = {
    ...held,
    rev: held.rev + 1,
    sponsor: { ...held.sponsor, answer, answeredAt: now },
  };
  return ok({
    registrations: [{ before: held, after }],
    audit: [
      actAudit(
        after,
        answer === 'confirmed' ? 'confirmed by a supervisor' : 'not known to the supervisor',
        actor,
        now,
        hostOfEmail(held.sponsor.email),
      ),
    ],
  });
}
