import { Hono } from 'hono';
import { EventId, JobId, SessionId } from '../../../domain/ids.ts';
import { ROWS_AT_ONCE, rowsDone, type ListJob, type ListRow } from '../../../domain/import-list.ts';
import { clockRange, shortDate } from '../../../domain/time.ts';
import { ok, unknown, type FieldError, type Result } from '../../../domain/result.ts';
import { staffOnly } from '../../../usecases/access.ts';
import { keepList, startList, viewList, viewListRows } from '../../../usecases/import-list.ts';
import { viewEvent } from '../../../usecases/list-events.ts';
import { ListJobPage, type ListRowShown } from '../../../../web/pages/staff/list-job.tsx';
import { ListUploadPage } from '../../../../web/pages/staff/list-upload.tsx';
import type { Env } from '../../session.ts';
import { deskFrameOf, show, showRefusal, type PageContext } from '../page.tsx';
import { headOf } from './event-head.ts';

/** Seconds until the page of a list that runs looks again. */
const LOOKS_AGAIN_AFTER = 5;

function eventOf(c: PageContext): Result<EventId> {
  const refused = staffOnly(c.var.desk);
  if (refused) return refused;
  const id = EventId.safeParse(c.req.param('id'));
  return id.success ? ok(id.data) : unknown('event');
}

async function uploadPage(c: PageContext, id: EventId, chosen: readonly string[], errors: readonly FieldError[]) {
  const seen = await viewEvent(c.var.desk, { id });
  if (!seen.ok) return showRefusal(c, seen.refusal);
  const { event } = seen.value;
  const options = event.sessions.map((session) => ({
    value: session.id,
    label: `${shortDate(session.startsAt, event.timeZone)}, ${clockRange(session.startsAt, session.endsAt, event.timeZone)}: ${session.title}`,
  }));
  return show(
    c,
    <ListUploadPage
      frame={deskFrameOf(c)}
      event={await headOf(c.var.desk, seen.value, null)}
      sessions={event.sessionChoice === 'all' ? null : { many: event.sessionChoice === 'any', options, chosen }}
      asks={event.questions.length > 0}
      errors={errors}
    />,
    errors.length > 0 ? 422 : 200,
  );
}

/** What the form sent; null where it is no form. */
async function uploadOf(c: PageContext): Promise<{ file: File | null; sessions: string[] } | null> {
  try {
    const form = await c.req.formData();
    const file = form.get('file');
    return {
      file: file instanceof File && file.name !== '' ? file : null,
      sessions: form.getAll('sessions').filter((one) => typeof one === 'string'),
    };
  } catch {
    return null;
  }
}

async function upload(c: PageContext): Promise<Response> {
  const event = eventOf(c);
  if (!event.ok) return showRefusal(c, event.refusal);
  const sent = await uploadOf(c);
  if (!sent?.file)
    return uploadPage(c, event.value, sent?.sessions ?? [], [{ path: 'file', message: 'Choose a file' }]);
  const kept = await keepList(c.var.desk, {
    event: event.value,
    sessions: sent.sessions.flatMap((one) => SessionId.safeParse(one).data ?? []),
    bytes: new Uint8Array(await sent.file.arrayBuffer()),
  });
  if (kept.ok) return c.redirect(`/staff/events/${event.value}/import/${kept.value.id}`, 303);
  return kept.refusal.kind === 'invalid'
    ? uploadPage(c, event.value, sent.sessions, kept.refusal.errors)
    : showRefusal(c, kept.refusal);
}

const jobOf = (c: PageContext): JobId | null => JobId.safeParse(c.req.param('job')).data ?? null;

const shown = ({ person, ...row }: ListRow): ListRowShown => ({
  ...row,
  person: person && { name: person.profile.name, agency: person.profile.agency, email: person.email },
});

async function jobPage(c: PageContext, id: EventId, job: ListJob) {
  const ctx = c.var.desk;
  const of = Math.max(1, Math.ceil(job.total / ROWS_AT_ONCE));
  const number = Math.min(of, Math.max(1, Math.trunc(Number(c.req.query('page'))) || 1));
  const [seen, rows, toLookAt] = await Promise.all([
    viewEvent(ctx, { id }),
    job.state === 'running' ? ok([]) : viewListRows(ctx, job, { chunk: number - 1 }),
    job.state === 'running' ? ok([]) : viewListRows(ctx, job, 'to-look-at'),
  ]);
  if (!seen.ok) return showRefusal(c, seen.refusal);
  if (!rows.ok) return showRefusal(c, rows.refusal);
  if (!toLookAt.ok) return showRefusal(c, toLookAt.refusal);
  if (job.state === 'running') c.header('Refresh', String(LOOKS_AGAIN_AFTER));
  return show(
    c,
    <ListJobPage
      frame={deskFrameOf(c)}
      event={await headOf(ctx, seen.value, null)}
      href={`/staff/events/${id}/import/${job.id}`}
      state={job.state}
      total={job.total}
      wrong={job.wrong}
      done={rowsDone(job)}
      foreseen={job.foreseen}
      outcomes={job.outcomes}
      unused={job.unused}
      toLookAt={toLookAt.value.map(shown)}
      rows={rows.value.map(shown)}
      page={{ number, of }}
    />,
  );
}

/** Registering a list of people: the file, what it would do, and how far it is. */
export const importPages = new Hono<Env>()
  .get('/staff/events/:id/import', (c) => {
    const event = eventOf(c);
    return event.ok ? uploadPage(c, event.value, [], []) : showRefusal(c, event.refusal);
  })
  .post('/staff/events/:id/import', (c) => upload(c))
  .get('/staff/events/:id/import/:job', async (c) => {
    const event = eventOf(c);
    if (!event.ok) return showRefusal(c, event.refusal);
    const job = jobOf(c);
    const list = job && (await viewList(c.var.desk, { event: event.value, job }));
    if (!list) return showRefusal(c, unknown('list').refusal);
    return list.ok ? jobPage(c, event.value, list.value) : showRefusal(c, list.refusal);
  })
  .post('/staff/events/:id/import/:job', async (c) => {
    const event = eventOf(c);
    if (!event.ok) return showRefusal(c, event.refusal);
    const job = jobOf(c);
    const list = job && (await startList(c.var.desk, { event: event.value, job }));
    if (!list) return showRefusal(c, unknown('list').refusal);
    return list.ok
      ? c.redirect(`/staff/events/${event.value}/import/${list.value.id}`, 303)
      : showRefusal(c, list.refusal);
  });
