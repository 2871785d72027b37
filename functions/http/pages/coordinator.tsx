import { Hono } from 'hono';
import { eventIdOfSlug, type EventId } from '../../domain/ids.ts';
import type { ListJob } from '../../domain/import-list.ts';
import { ok, refuse, unknown, type FieldError, type Result } from '../../domain/result.ts';
import { mayList } from '../../usecases/coordinate.ts';
import { startList, viewList } from '../../usecases/import-list.ts';
import { viewEvent, type EventSeen } from '../../usecases/list-events.ts';
import { CoordinatorListPage, CoordinatorUploadPage } from '../../../web/pages/coordinator.tsx';
import type { Env } from '../session.ts';
import { jobIdOf, jobShown, keepSentList, uploadShown } from './list-form.ts';
import { frameOf, show, showRefusal, type PageContext } from './page.tsx';
import { eventPath } from './views.ts';

/** An event that the caller registers people for, with the hosts that they coordinate; to others there is no such page. */
async function coordinated(c: PageContext): Promise<Result<{ seen: EventSeen; hosts: readonly string[] }>> {
  if (c.var.desk.actor.role === 'nobody') return refuse({ kind: 'signed-out' });
  const id = eventIdOfSlug(c.req.param('slug') ?? '');
  const hosts = await mayList(c.var.desk);
  if (!id || hosts === null || hosts === 'everybody') return unknown('page');
  const seen = await viewEvent(c.var.desk, { id });
  return seen.ok ? ok({ seen: seen.value, hosts }) : seen;
}

const listPath = ({ event }: EventSeen): string => `${eventPath(event)}/list`;
const headOf = ({ event }: EventSeen) => ({
  title: event.title,
  href: eventPath(event),
  timeZone: event.timeZone,
  sessions: event.sessions,
});

function uploadPage(
  c: PageContext,
  { seen, hosts }: { seen: EventSeen; hosts: readonly string[] },
  chosen: readonly string[],
  errors: readonly FieldError[],
) {
  return show(
    c,
    <CoordinatorUploadPage
      frame={frameOf(c)}
      event={headOf(seen)}
      hosts={hosts}
      {...uploadShown(seen.event, chosen)}
      errors={errors}
    />,
    errors.length > 0 ? 422 : 200,
  );
}

async function jobPage(c: PageContext, seen: EventSeen, job: ListJob) {
  const list = await jobShown(c, job);
  if (!list.ok) return showRefusal(c, list.refusal);
  return show(
    c,
    <CoordinatorListPage
      frame={frameOf(c)}
      event={headOf(seen)}
      href={`${listPath(seen)}/${job.id}`}
      uploadHref={listPath(seen)}
      {...list.value}
    />,
  );
}

/** Does something with the list that the address names. */
async function withList(
  c: PageContext,
  act: (input: { event: EventId; job: ListJob['id'] }) => Promise<Result<ListJob>>,
  shown: (seen: EventSeen, job: ListJob) => Response | Promise<Response>,
) {
  const found = await coordinated(c);
  if (!found.ok) return showRefusal(c, found.refusal);
  const { seen } = found.value;
  const job = jobIdOf(c);
  const list = job ? await act({ event: seen.event.id, job }) : unknown('list');
  return list.ok ? shown(seen, list.value) : showRefusal(c, list.refusal);
}

/** A coordinator registers people of their exclusive hosts from a list: the file, what it would do, how far it is. */
export const coordinatorPages = new Hono<Env>()
  .get('/trainings/:slug/list', async (c) => {
    const found = await coordinated(c);
    return found.ok ? uploadPage(c, found.value, [], []) : showRefusal(c, found.refusal);
  })
  .post('/trainings/:slug/list', async (c) => {
    const found = await coordinated(c);
    if (!found.ok) return showRefusal(c, found.refusal);
    const { kept, chosen } = await keepSentList(c, found.value.seen.event.id);
    if (kept.ok) return c.redirect(`${listPath(found.value.seen)}/${kept.value.id}`, 303);
    return kept.refusal.kind === 'invalid'
      ? uploadPage(c, found.value, chosen, kept.refusal.errors)
      : showRefusal(c, kept.refusal);
  })
  .get('/trainings/:slug/list/:job', (c) =>
    withList(
      c,
      (input) => viewList(c.var.desk, input),
      (seen, job) => jobPage(c, seen, job),
    ),
  )
  .post('/trainings/:slug/list/:job', (c) =>
    withList(
      c,
      (input) => startList(c.var.desk, input),
      (seen, job) => c.redirect(`${listPath(seen)}/${job.id}`, 303),
    ),
  );
