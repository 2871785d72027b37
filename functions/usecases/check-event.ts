import { checkPublish, type TrainingEvent } from '../domain/event.ts';
import { holidayOn } from '../domain/holidays.ts';
import type { FieldError } from '../domain/result.ts';
import { clock, dateWithoutYear, localDay, zoned } from '../domain/time.ts';
import { ok, type Result } from '../domain/result.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';

/** Something to look at before an event is published. `warns`: it may be so on purpose. */
export interface Finding extends FieldError {
  readonly warns: boolean;
}

/** What keeps an event from being published, and what to look at first: holidays, weekends, a trainer who teaches elsewhere. */
export async function checkEvent(ctx: Context, input: { readonly event: TrainingEvent }): Promise<Result<Finding[]>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const { event } = input;
  const wrong = checkPublish(event, ctx.clock.now()).map((error) => ({ ...error, warns: false }));
  const busy = await Promise.all(event.trainers.map((trainer) => busyAt(ctx, event, trainer)));
  return ok([...wrong, ...daysOff(event), ...busy.flat()]);
}

const SATURDAY = 6;

const daysOff = (event: TrainingEvent): Finding[] =>
  event.sessions.flatMap((session, index) => {
    const holiday = holidayOn(localDay(session.startsAt, event.timeZone));
    const weekend = zoned(session.startsAt, event.timeZone).dayOfWeek >= SATURDAY;
    const day = dateWithoutYear(session.startsAt, event.timeZone);
    const message = holiday
      ? `${day} is a federal holiday: ${holiday.name}`
      : weekend
        ? `${day} is on a weekend`
        : null;
    return message ? [{ path: `sessions.${index}.startsAt`, message, warns: true }] : [];
  });

async function busyAt(
  ctx: Context,
  event: TrainingEvent,
  trainer: TrainingEvent['trainers'][number],
): Promise<Finding[]> {
  const first = event.sessions[0];
  if (!first) return [];
  const others = await ctx.store.eventsOfTrainer(trainer.person, first.startsAt);
  const taught = others
    .filter((other) => other.event.id !== event.id && other.event.status !== 'cancelled')
    .flatMap((other) => other.event.sessions.map((session) => ({ session, title: other.event.title })));
  return event.sessions.flatMap((session, index) => {
    const clash = taught.find((one) => one.session.startsAt < session.endsAt && session.startsAt < one.session.endsAt);
    if (!clash) return [];
    const when = clock(clash.session.startsAt, event.timeZone);
    const message = `${trainer.name || trainer.email} teaches another session then: “${clash.title}”, from ${when}`;
    return [{ path: `sessions.${index}.startsAt`, message, warns: true }];
  });
}
