import type { Actor } from './actor.ts';
import { audited } from './change.ts';
import type { Decision } from './decide.ts';
import type { TrainingEvent } from './event.ts';
import { oweSeat, startFor, type Registration } from './registration.ts';
import { conflict, ok, refuse } from './result.ts';
import type { Instant } from './time.ts';

/** The confirmation and its invitations once more, each with a higher SEQUENCE, so that a calendar takes the newest. */
export function sendAgain(held: Registration, event: TrainingEvent, actor: Actor, now: Instant): Decision {
  if (held.status !== 'confirmed') return conflict(`This registration is ${held.status}, so it has no invitation`);
  if (event.status !== 'published') return refuse({ kind: 'closed', because: 'cancelled' });
  if (startFor(held, event) <= now) return refuse({ kind: 'closed', because: 'past' });
  const after: Registration = { ...held, rev: held.rev + 1, sequence: held.sequence + 1 };
  return ok({
    registrations: [{ before: held, after }],
    owed: oweSeat(after, event, now),
    audit: [audited(`${held.event}#${held.person}`, after.rev, now, actor, 'asked for the invitation again')],
  });
}
