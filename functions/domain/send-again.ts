import type { Actor } from './actor.ts';
import type { Decision } from './decide.ts';
import type { TrainingEvent } from './event.ts';
import { actAudit, oweSeat, overFor, type Registration } from './registration.ts';
import { conflict, ok } from './result.ts';
import type { Instant } from './time.ts';

/** The confirmation and its invitations once more, each with a higher SEQUENCE, so that a calendar takes the newest. */
export function sendAgain(held: Registration, event: TrainingEvent, actor: Actor, now: Instant): Decision {
  if (held.status !== 'confirmed') return conflict(`This registration is ${held.status}, so it has no invitation`);
  const over = overFor(held, event, now);
  if (over) return over;
  const after: Registration = { ...held, rev: held.rev + 1, sequence: held.sequence + 1 };
  return ok({
    registrations: [{ before: held, after }],
    owed: oweSeat(after, event, now),
    audit: [actAudit(after, 'asked for the invitation again', actor, now)],
  });
}
