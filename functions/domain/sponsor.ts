import type { Actor } from './actor.ts';
import { hostOfEmail, type Audience, type HostRecord } from './audience.ts';
import { audited } from './change.ts';
import type { Decision } from './decide.ts';
import type { Email } from './person.ts';
import { owe, type Registration, type Sponsor } from './registration.ts';
import { conflict, invalid, ok } from './result.ts';
import type { Instant } from './time.ts';

const NOT_ONE_TO_ASK =
  'Enter the work address of a supervisor or colleague at an agency that we know for this training';

/** Whether somebody with this address may be asked: at a host that the event names, or that staff verified for it. */
export function mayBeAsked(email: Email, audience: Audience, record: HostRecord | null, now: Instant): boolean {
  if (audience.hosts.includes(hostOfEmail(email))) return true;
  if (record === null || record.expiresAt <= now) return false;
  return audience.kind !== 'hosts' || record.lists.some((list) => audience.hosts.includes(list));
}

/**
 * Asks a supervisor by mail. Another address takes the place of the one before, whose link is dead from then on.
 * @param agency whose the host is; null: not one to ask
 */
export function askSponsor(
  held: Registration,
  email: Email,
  agency: string | null,
  actor: Actor,
  now: Instant,
): Decision {
  if (held.status !== 'pending') return conflict(`This registration is ${held.status}, so nobody needs to confirm you`);
  if (held.sponsor?.email === email) return ok(null);
  if (held.sponsor?.answer === 'confirmed') return conflict('Somebody has confirmed you already');
  if (email === held.email) return invalid({ path: 'email', message: 'Enter a supervisor’s address, not your own' });
  if (agency === null) return invalid({ path: 'email', message: NOT_ONE_TO_ASK });
  const sponsor: Sponsor = { email, agency, askedAt: now, answer: null, answeredAt: null };
  const after: Registration = { ...held, rev: held.rev + 1, sponsor };
  return ok({
    registrations: [{ before: held, after }],
    owed: [{ ...owe(after, 'sponsor-asked', now), email }],
    audit: [audited(`${held.event}#${held.person}`, after.rev, now, actor, 'asked a supervisor', hostOfEmail(email))],
  });
}

/**
 * The supervisor's answer, once.
 * @param asked as the supervisor's page read it: another may be asked since
 */
export function answerForApplicant(
  held: Registration,
  asked: Sponsor,
  answer: 'confirmed' | 'unknown',
  actor: Actor,
  now: Instant,
): Decision {
  if (held.sponsor?.email !== asked.email || held.sponsor.askedAt !== asked.askedAt)
    return conflict('The applicant asked somebody else meanwhile');
  if (held.sponsor.answer !== null) return ok(null);
  if (held.status !== 'pending')
    return conflict('The training desk has decided meanwhile, so no answer is needed any more');
  const after: Registration = {
    ...held,
    rev: held.rev + 1,
    sponsor: { ...held.sponsor, answer, answeredAt: now },
  };
  return ok({
    registrations: [{ before: held, after }],
    audit: [
      audited(
        `${held.event}#${held.person}`,
        after.rev,
        now,
        actor,
        answer === 'confirmed' ? 'confirmed by a supervisor' : 'not known to the supervisor',
        hostOfEmail(held.sponsor.email),
      ),
    ],
  });
}
