import { Hono } from 'hono';
import { concernsAnybody, seatsEffects, type WantedSeats } from '../../../domain/capacity.ts';
import { startOf, type EventDraft, type TrainingEvent } from '../../../domain/event.ts';
import { EventId } from '../../../domain/ids.ts';
import type { FieldError } from '../../../domain/result.ts';
import { ok, unknown, type Result } from '../../../domain/result.ts';
import { DAY, longDate, plus } from '../../../domain/time.ts';
import { checkEvent } from '../../../usecases/check-event.ts';
import { listStaffEvents, viewEvent, type EventSeen } from '../../../usecases/list-events.ts';
import { listPrograms } from '../../../usecases/programs.ts';
import { listPending } from '../../../usecases/roster.ts';
import { cancelEvent } from '../../../usecases/cancel-event.ts';
import { changeEvent } from '../../../usecases/change-event.ts';
import { createEvent } from '../../../usecases/create-event.ts';
import { publishEvent } from '../../../usecases/publish-event.ts';
import { staffOnly } from '../../../usecases/access.ts';
import { nameOfActor } from '../../../usecases/read-audit.ts';
import { CancelEventPage } from '../../../../web/pages/staff/cancel-event.tsx';
import { EditorPage, type EditorPageProps, type PublishCheck } from '../../../../web/pages/staff/editor.tsx';
import { atFields, seatsTyped, type EditorValues } from '../../../../web/pages/staff/editor-values.ts';
import type { Option } from '../../../../web/components/field.tsx';
import type { Env } from '../../session.ts';
import { deskFrameOf, formOf, keepsForm, noticeNext, show, type PageContext } from '../page.tsx';
import { showDeskRefusal } from './refusal.tsx';
import { eventPath } from '../views.ts';
import { parseEvent, typedEvent } from './editor-form.ts';
import { emptyEvent, eventValues, modeValue, rearranged } from './editor-shown.ts';
import { poolLabel } from './event-head.ts';
import { filled, staffPath } from './rows.ts';

/** Trainers of the events around now, by name. */
async function knownTrainers(c: PageContext): Promise<Option[]> {
  const now = c.var.desk.clock.now();
  const events = await listStaffEvents(c.var.desk, { from: plus(now, -366 * DAY), to: plus(now, 732 * DAY) });
  const trainers = events.ok ? events.value.flatMap(({ event }) => event.trainers) : [];
  const byEmail = new Map(trainers.map((trainer) => [trainer.email, trainer.name || trainer.email]));
  return [...byEmail].map(([value, label]) => ({ value, label })).toSorted((a, b) => a.label.localeCompare(b.label));
}

/** The event of an editor, as staff see it. */
async function edited(c: PageContext): Promise<Result<EventSeen>> {
  const refused = staffOnly(c.var.desk);
  if (refused) return refused;
  const id = EventId.safeParse(c.req.param('id'));
  return id.success ? viewEvent(c.var.desk, { id: id.data }) : unknown('event');
}

async function registeredAt(c: PageContext, { event, pools }: EventSeen): Promise<number> {
  const pending = await listPending(c.var.desk, { event: event.id });
  const { taken, waiting } = filled(event, pools);
  return taken + waiting + (pending.ok ? pending.value.length : 0);
}

interface Shown {
  readonly seen: EventSeen | null;
  readonly values?: EditorValues;
  readonly errors?: readonly FieldError[];
  readonly tried?: EditorPageProps['tried'];
  readonly seatsChanges?: EditorPageProps['seatsChanges'];
}

async function page(c: PageContext, { seen, values, errors = [], tried = 'save', seatsChanges = [] }: Shown) {
  const ctx = c.var.desk;
  const [programs, trainers] = [await listPrograms(ctx), await knownTrainers(c)];
  if (!programs.ok) return showDeskRefusal(c, programs.refusal);
  const event = seen?.event;
  const known = trainers.map(({ value }) => value);
  const frame = deskFrameOf(c);
  return show(
    c,
    <EditorPage
      frame={frame}
      event={
        seen && event
          ? {
              href: staffPath(event),
              publicHref: eventPath(event),
              title: event.title,
              status: event.status,
              rev: String(event.rev),
              savedAt: event.updatedAt,
              savedBy: await nameOfActor(ctx, event.updatedBy),
              registered: await registeredAt(c, seen),
            }
          : null
      }
      values={
        values ??
        (seen && event
          ? eventValues(event, seen.program, known)
          : emptyEvent(ctx.clock.now(), programs.value[0]?.id ?? ''))
      }
      programs={programs.value.map(({ id, name }) => ({ value: id, label: name }))}
      trainers={trainers}
      linked={(event?.sessions ?? []).flatMap(({ id, joinUrl }) => (joinUrl ? [id] : []))}
      checks={event ? await checksOf(c, event) : []}
      tried={tried}
      errors={atFields(errors)}
      seatsChanges={seatsChanges}
    />,
    errors.length > 0 ? 422 : 200,
  );
}

/** What keeps a draft from being published, and what is in order. */
async function checksOf(c: PageContext, event: TrainingEvent): Promise<PublishCheck[]> {
  const findings = await checkEvent(c.var.desk, { event });
  if (!findings.ok) return [];
  const found = findings.value.map(({ path, message, warns }): PublishCheck => {
    const [field] = atFields([{ path, message }]);
    return { state: warns ? 'later' : 'wrong', words: message, path: field?.path ?? null };
  });
  const linkless = event.sessions.findIndex((session) => session.joinUrl === '');
  const days = Math.round((startOf(event) - event.opensAt) / DAY);
  return [
    ...found,
    linkless >= 0
      ? {
          state: 'later',
          words: 'Join link, can wait until shortly before the start',
          path: `sessions.${linkless}.joinUrl`,
        }
      : { state: 'good', words: 'Every session has its join link', path: null },
    event.trainers.length === 0
      ? { state: 'later', words: 'No trainer yet', path: 'trainers' }
      : { state: 'good', words: 'Trainers are named', path: null },
    { state: 'good', words: `Registration opens ${days} days before the start`, path: null },
  ];
}

/** What another number of seats will do to people of a published event. */
function seatsChangesOf(c: PageContext, seen: EventSeen | null, wanted: WantedSeats): EditorPageProps['seatsChanges'] {
  if (seen?.event.status !== 'published') return [];
  const effects = seatsEffects(seen.event, wanted, seen.pools, c.var.desk.clock.now());
  return effects
    .filter(concernsAnybody)
    .map(({ pool, ...effect }) => ({ ...effect, label: poolLabel(seen.event, pool) }));
}

/** Saves what was typed; `do` says which button. */
async function save(c: PageContext, seen: EventSeen | null): Promise<Response> {
  const ctx = c.var.desk;
  const form = await formOf(c);
  const typed = typedEvent(form);
  // it is fixed once people can register, and the form no longer asks
  const values = seen?.event.status === 'published' ? { ...typed, mode: modeValue(seen.event) } : typed;
  const press = form.get('do');
  const changedForm = rearranged(values, press);
  if (changedForm || form.resumed) return page(c, { seen, values: changedForm ?? values });
  const tried = press === 'publish' ? 'publish' : 'save';
  const draft = parseEvent(values);
  if (!draft.ok)
    return draft.refusal.kind === 'invalid'
      ? page(c, { seen, values, errors: draft.refusal.errors, tried })
      : showDeskRefusal(c, draft.refusal);
  const seatsChanges = seatsChangesOf(c, seen, draft.value);
  if (seatsChanges.length > 0 && form.get('seatsTold') !== seatsTyped(values))
    return page(c, { seen, values, seatsChanges });
  const saved = seen
    ? await changeEvent(ctx, {
        id: seen.event.id,
        version: Number(form.get('rev')) || -1,
        patch: () => draft,
      })
    : await created(c, draft.value);
  if (!saved.ok)
    return saved.refusal.kind === 'invalid'
      ? page(c, { seen, values, errors: saved.refusal.errors, tried })
      : showDeskRefusal(c, saved.refusal);
  if (tried === 'save') {
    noticeNext(
      c,
      saved.value.status === 'published'
        ? 'Saved. Whoever must know is told.'
        : 'Saved. Nobody outside the desk can see it.',
    );
    return c.redirect(`${staffPath(saved.value)}/edit`, 303);
  }
  const published = await publishEvent(ctx, { id: saved.value.id });
  if (published.ok) {
    noticeNext(c, 'Published. People can find it now.');
    return c.redirect(`${staffPath(saved.value)}/roster`, 303);
  }
  if (published.refusal.kind !== 'invalid') return showDeskRefusal(c, published.refusal);
  const after = await viewEvent(ctx, { id: saved.value.id });
  return page(c, { seen: after.ok ? after.value : seen, errors: published.refusal.errors, tried });
}

async function created(c: PageContext, draft: EventDraft): Promise<Result<TrainingEvent>> {
  const made = await createEvent(c.var.desk, { draft, digest: '' });
  return made.ok ? ok(made.value.event) : made;
}

const editor = new Hono<Env>()
  .get('/staff/events/new', async (c) => {
    const refused = staffOnly(c.var.desk);
    return refused ? showDeskRefusal(c, refused.refusal) : page(c, { seen: null });
  })
  .post('/staff/events/new', keepsForm, async (c) => {
    const refused = staffOnly(c.var.desk);
    return refused ? showDeskRefusal(c, refused.refusal) : save(c, null);
  })
  .get('/staff/events/:id/edit', async (c) => {
    const seen = await edited(c);
    return seen.ok ? page(c, { seen: seen.value }) : showDeskRefusal(c, seen.refusal);
  })
  .post('/staff/events/:id/edit', keepsForm, async (c) => {
    const seen = await edited(c);
    return seen.ok ? save(c, seen.value) : showDeskRefusal(c, seen.refusal);
  });

async function cancelPage(c: PageContext, seen: EventSeen, reason: string, errors: readonly FieldError[]) {
  const { event } = seen;
  return show(
    c,
    <CancelEventPage
      frame={deskFrameOf(c)}
      event={{ href: staffPath(event), title: event.title, day: longDate(startOf(event), event.timeZone) }}
      registered={await registeredAt(c, seen)}
      reason={reason}
      errors={errors}
    />,
    errors.length > 0 ? 422 : 200,
  );
}

/** Making, changing, publishing and canceling an event. */
export const editorPages = editor
  .get('/staff/events/:id/cancel', async (c) => {
    const seen = await edited(c);
    return seen.ok ? cancelPage(c, seen.value, '', []) : showDeskRefusal(c, seen.refusal);
  })
  .post('/staff/events/:id/cancel', keepsForm, async (c) => {
    const seen = await edited(c);
    if (!seen.ok) return showDeskRefusal(c, seen.refusal);
    const form = await formOf(c);
    const reason = form.get('reason');
    if (form.resumed) return cancelPage(c, seen.value, reason, []);
    const cancelled = await cancelEvent(c.var.desk, { id: seen.value.event.id, reason });
    if (cancelled.ok) {
      noticeNext(c, 'Canceled. Everybody registered is told.');
      return c.redirect(`${staffPath(cancelled.value)}/roster`, 303);
    }
    return cancelled.refusal.kind === 'invalid'
      ? cancelPage(c, seen.value, reason, cancelled.refusal.errors)
      : showDeskRefusal(c, cancelled.refusal);
  });
