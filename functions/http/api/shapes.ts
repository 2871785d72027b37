import * as z from 'zod';
import { isStaff, mayRunEvent } from '../../domain/actor.ts';
import { Approval } from '../../domain/audience.ts';
import { endOf, EventStatus, SessionChoice, startOf, type TrainingEvent } from '../../domain/event.ts';
import { slugOf } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import type { Program } from '../../domain/program.ts';
import { idOf, isStanding, RegistrationStatus, type Registration } from '../../domain/registration.ts';
import { tell } from '../../domain/seats.ts';
import { InstantText, instantOf, isoOf } from '../../domain/time.ts';
import type { Context } from '../../usecases/context.ts';
import type { PoolSeen } from '../../usecases/store-port.ts';
import type { EventSeen } from '../../usecases/list-events.ts';
import type { MyRegistration } from '../../usecases/my-registrations.ts';

/** A moment in a request body. */
export const InstantIn = InstantText.transform(instantOf).meta({
  type: 'string',
  format: 'date-time',
  example: '2027-01-14T18:00:00Z',
});
export const Moment = z.string().meta({ format: 'date-time', example: '2027-01-14T18:00:00Z' });

export const ProblemShape = z
  .lazy(() =>
    z.object({
      type: z.string(),
      title: z.string(),
      status: z.int(),
      detail: z.string(),
      errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    }),
  )
  .meta({ id: 'Problem' });

export const SeatsShape = z
  .lazy(() =>
    z.object({
      capacity: z.int().nullable(),
      remaining: z.int().nullable(),
      waitlist: z.int(),
    }),
  )
  .meta({ id: 'Seats' });

export const EventShape = z
  .lazy(() =>
    z.object({
      id: z.string(),
      url: z.string(),
      programId: z.string(),
      program: z.string(),
      status: EventStatus,
      title: z.string(),
      description: z.string(),
      outcomes: z.array(z.string()),
      timeZone: z.string(),
      startsAt: Moment,
      endsAt: Moment,
      sessions: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          startsAt: Moment,
          endsAt: Moment,
          track: z.string().nullable(),
          location: z.string().optional(),
          seats: SeatsShape.optional(),
        }),
      ),
      sessionChoice: SessionChoice,
      audience: z.object({ kind: z.string(), hosts: z.array(z.string()), others: z.string() }),
      approval: Approval,
      seats: SeatsShape.optional(),
      opensAt: Moment,
      closesAt: Moment,
      registrationOpen: z.boolean(),
      questions: z.array(z.unknown()),
      trainers: z.array(z.object({ name: z.string(), email: z.string().optional() })).optional(),
      mode: z.enum(['open', 'sealed']).optional(),
      eligibility: z.object({ verdict: z.enum(['qualifies', 'review', 'not']), reason: z.string() }).optional(),
      registration: z.object({ id: z.string(), status: RegistrationStatus, attempt: z.int() }).optional(),
      nextAttempt: z.int().optional(),
    }),
  )
  .meta({ id: 'Event' });

/** An event as JSON: what its reader may see, and never the meeting's own link. */
export function eventJson(ctx: Context, seen: EventSeen): z.input<typeof EventShape> {
  const { event, program, sight, pools, verdict, registration, nextAttempt } = seen;
  const whole = sight === 'whole';
  const now = ctx.clock.now();
  const signedIn = verdict !== null;
  return {
    ...eventBase(ctx, event, program, pools, whole),
    registrationOpen: event.status === 'published' && event.opensAt <= now && now < event.closesAt,
    ...(signedIn ? { eligibility: { verdict: verdict.verdict, reason: verdict.because } } : {}),
    ...(registration
      ? {
          registration: { id: idOf(registration), status: registration.status, attempt: registration.attempt },
        }
      : {}),
    ...(signedIn && nextAttempt !== null ? { nextAttempt } : {}),
  };
}

function eventBase(ctx: Context, event: TrainingEvent, program: Program, pools: readonly PoolSeen[], whole: boolean) {
  const seatsFor = (pool: string) => {
    const seen = pools.find(({ seats }) => seats.pool === pool);
    return seen ? { seats: tell(seen.seats, seen.waiting) } : {};
  };
  const one = event.sessionChoice === 'one';
  const runs = mayRunEvent(ctx.actor, event);
  return {
    id: event.id,
    url: `${ctx.desk.origin}/trainings/${slugOf(event.title, event.id)}`,
    programId: event.programId,
    program: program.key,
    status: event.status,
    title: event.title,
    description: event.description,
    outcomes: event.outcomes,
    timeZone: event.timeZone,
    startsAt: isoOf(startOf(event)),
    endsAt: isoOf(endOf(event)),
    sessions: event.sessions.map((session) => ({
      id: session.id,
      title: session.title,
      startsAt: isoOf(session.startsAt),
      endsAt: isoOf(session.endsAt),
      track: session.track,
      ...(whole ? { location: session.location } : {}),
      ...(one ? seatsFor(session.id) : {}),
    })),
    sessionChoice: event.sessionChoice,
    audience: event.audience,
    approval: event.approval,
    ...(one ? {} : seatsFor(event.id)),
    ...(event.status === 'draft' && !one
      ? { seats: { capacity: event.capacity, remaining: event.capacity, waitlist: 0 } }
      : {}),
    opensAt: isoOf(event.opensAt),
    closesAt: isoOf(event.closesAt),
    questions: event.questions,
    ...(whole
      ? {
          trainers: event.trainers.map((trainer) => ({
            name: trainer.name,
            ...(runs ? { email: trainer.email } : {}),
          })),
        }
      : {}),
    ...(isStaff(ctx.actor) ? { mode: event.mode } : {}),
  };
}

export const RegistrationShape = z
  .lazy(() =>
    z.object({
      id: z.string(),
      eventId: z.string(),
      status: RegistrationStatus,
      attempt: z.int(),
      position: z.int().optional(),
      reason: z.string().optional(),
      appliedAt: Moment,
      offeredTo: z.string().optional().meta({ description: 'The colleague to whom the seat is offered' }),
      sessions: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          startsAt: Moment,
          endsAt: Moment,
          status: RegistrationStatus,
          joinUrl: z.string().optional(),
        }),
      ),
      event: z.object({ title: z.string(), timeZone: z.string(), url: z.string() }),
      answers: z.record(z.string(), z.unknown()).optional(),
      accommodations: z.object({ needs: z.array(z.string()), other: z.string() }).optional(),
    }),
  )
  .meta({ id: 'Registration' });

/** A registration as its person sees it. */
export const registrationJson = (ctx: Context, mine: MyRegistration): z.input<typeof RegistrationShape> => ({
  id: idOf(mine.registration),
  eventId: mine.event.id,
  status: mine.registration.status,
  attempt: mine.registration.attempt,
  ...(mine.registration.offer ? { offeredTo: mine.registration.offer.to } : {}),
  ...(mine.position === null ? {} : { position: mine.position }),
  ...(mine.registration.reason ? { reason: mine.registration.reason } : {}),
  appliedAt: isoOf(mine.registration.appliedAt),
  sessions: mine.sessions.map(({ session, joinUrl }) => ({
    id: session.id,
    title: session.title,
    startsAt: isoOf(session.startsAt),
    endsAt: isoOf(session.endsAt),
    status: mine.registration.status,
    ...(joinUrl ? { joinUrl } : {}),
  })),
  event: {
    title: mine.event.title,
    timeZone: mine.event.timeZone,
    url: `${ctx.desk.origin}/trainings/${slugOf(mine.event.title, mine.event.id)}`,
  },
});

export const StandingShape = z
  .lazy(() =>
    z.object({
      id: z.string(),
      status: RegistrationStatus,
      attempt: z.int(),
      position: z.int().optional(),
    }),
  )
  .meta({ id: 'Standing' });

/** The answer to an act on a registration. */
export const standingJson = (
  registration: Registration,
  position: number | null = null,
): z.input<typeof StandingShape> => ({
  id: idOf(registration),
  status: registration.status,
  attempt: registration.attempt,
  ...(position === null || !isStanding(registration.status) ? {} : { position }),
});

export const RosterRowShape = z
  .lazy(() =>
    z.object({
      id: z.string(),
      status: RegistrationStatus,
      name: z.string(),
      email: z.string(),
      agency: z.string(),
      title: z.string(),
      sessions: z.array(z.string()),
      appliedAt: Moment,
    }),
  )
  .meta({ id: 'RosterRow' });

export const rosterRowJson = (registration: Registration): z.input<typeof RosterRowShape> => ({
  id: idOf(registration),
  status: registration.status,
  name: registration.profile?.name ?? '',
  email: registration.email,
  agency: registration.profile?.agency ?? '',
  title: registration.profile?.title ?? '',
  sessions: registration.sessions,
  appliedAt: isoOf(registration.appliedAt),
});

export const PersonShape = z
  .lazy(() =>
    z.object({
      id: z.string(),
      email: z.string(),
      name: z.string().optional(),
      givenName: z.string().optional(),
      familyName: z.string().optional(),
      agency: z.string().optional(),
      component: z.string().optional(),
      title: z.string().optional(),
      timeZone: z.string().optional(),
      role: z.enum(['participant', 'trainer', 'staff']).optional(),
    }),
  )
  .meta({ id: 'Person' });

export const personJson = (person: Person): z.input<typeof PersonShape> => ({
  id: person.id,
  email: person.email,
  ...person.profile,
});
