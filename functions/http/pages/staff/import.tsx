import { Hono } from 'hono';
import type { EventId } from '../../../domain/ids.ts';
import type { ListJob } from '../../../domain/import-list.ts';
import { unknown, type FieldError } from '../../../domain/result.ts';
import { startList, viewList } from '../../../usecases/import-list.ts';
import { viewEvent } from '../../../usecases/list-events.ts';
import { ListJobPage } from '../../../../web/pages/staff/list-job.tsx';
import { ListUploadPage } from '../../../../web/pages/staff/list-upload.tsx';
import type { Env } from '../../session.ts';
import { jobIdOf, jobShown, keepSentList, uploadShown } from '../list-form.ts';
import { deskFrameOf, show, type PageContext } from '../page.tsx';
import { showDeskRefusal } from './refusal.tsx';
import { headOf } from './event-head.ts';
import { eventOf } from './people-of-event.tsx';

async function uploadPage(c: PageContext, id: EventId, chosen: readonly string[], errors: readonly FieldError[]) {
  const seen = await viewEvent(c.var.desk, { id });
  if (!seen.ok) return showDeskRefusal(c, seen.refusal);
  return show(
    c,
    <ListUploadPage
      frame={deskFrameOf(c)}
      event={await headOf(c.var.desk, seen.value, null)}
      {...uploadShown(seen.value.event, chosen)}
      errors={errors}
    />,
    errors.length > 0 ? 422 : 200,
  );
}

async function upload(c: PageContext): Promise<Response> {
  const event = eventOf(c);
  if (!event.ok) return showDeskRefusal(c, event.refusal);
  const { kept, chosen } = await keepSentList(c, event.value);
  if (kept.ok) return c.redirect(`/staff/events/${event.value}/import/${kept.value.id}`, 303);
  return kept.refusal.kind === 'invalid'
    ? uploadPage(c, event.value, chosen, kept.refusal.errors)
    : showDeskRefusal(c, kept.refusal);
}

async function jobPage(c: PageContext, id: EventId, job: ListJob) {
  const ctx = c.var.desk;
  const [seen, list] = await Promise.all([viewEvent(ctx, { id }), jobShown(c, job)]);
  if (!seen.ok) return showDeskRefusal(c, seen.refusal);
  if (!list.ok) return showDeskRefusal(c, list.refusal);
  return show(
    c,
    <ListJobPage
      frame={deskFrameOf(c)}
      event={await headOf(ctx, seen.value, null)}
      href={`/staff/events/${id}/import/${job.id}`}
      {...list.value}
    />,
  );
}

/** Registering a list of people: the file, what it would do, and how far it is. */
export const importPages = new Hono<Env>()
  .get('/staff/events/:id/import', (c) => {
    const event = eventOf(c);
    return event.ok ? uploadPage(c, event.value, [], []) : showDeskRefusal(c, event.refusal);
  })
  .post('/staff/events/:id/import', (c) => upload(c))
  .get('/staff/events/:id/import/:job', async (c) => {
    const event = eventOf(c);
    if (!event.ok) return showDeskRefusal(c, event.refusal);
    const job = jobIdOf(c);
    const list = job ? await viewList(c.var.desk, { event: event.value, job }) : unknown('list');
    return list.ok ? jobPage(c, event.value, list.value) : showDeskRefusal(c, list.refusal);
  })
  .post('/staff/events/:id/import/:job', async (c) => {
    const event = eventOf(c);
    if (!event.ok) return showDeskRefusal(c, event.refusal);
    const job = jobIdOf(c);
    const list = job ? await startList(c.var.desk, { event: event.value, job }) : unknown('list');
    return list.ok
      ? c.redirect(`/staff/events/${event.value}/import/${list.value.id}`, 303)
      : showDeskRefusal(c, list.refusal);
  });
