import type { TrainingEvent } from '../../domain/event.ts';
import { JobId, SessionId, type EventId } from '../../domain/ids.ts';
import { ROWS_AT_ONCE, rowsDone, type ListJob, type ListRow } from '../../domain/import-list.ts';
import { ok, type Result } from '../../domain/result.ts';
import { clockRange, shortDate, zoneShort } from '../../domain/time.ts';
import { keepList, viewListRows } from '../../usecases/import-list.ts';
import type { ListJobProps, ListRowShown } from '../../../web/pages/staff/list-job.tsx';
import type { ListUploadProps } from '../../../web/pages/staff/list-upload.tsx';
import type { PageContext } from './page.tsx';

/** Seconds until the page of a list that runs looks again. */
const LOOKS_AGAIN_AFTER = 5;

/** What the form of a list shows of its event. */
export const uploadShown = (event: TrainingEvent, chosen: readonly string[]): Omit<ListUploadProps, 'errors'> => ({
  sessions:
    event.sessionChoice === 'all'
      ? null
      : {
          many: event.sessionChoice === 'any',
          options: event.sessions.map(({ id, title, startsAt, endsAt }) => ({
            value: id,
            label: `${shortDate(startsAt, event.timeZone)}, ${clockRange(startsAt, endsAt, event.timeZone)} ${zoneShort(event.timeZone, startsAt)}: ${title}`,
          })),
          chosen,
        },
  questions: event.questions.map(({ label }) => label),
});

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

/** Checks and keeps the list that a form sent, with what was chosen in it. */
export async function keepSentList(
  c: PageContext,
  event: EventId,
): Promise<{ readonly kept: Result<ListJob>; readonly chosen: readonly string[] }> {
  const sent = await uploadOf(c);
  const chosen = sent?.sessions ?? [];
  const kept = await keepList(c.var.desk, {
    event,
    sessions: chosen.flatMap((one) => SessionId.safeParse(one).data ?? []),
    bytes: sent?.file ? new Uint8Array(await sent.file.arrayBuffer()) : null,
  });
  return { kept, chosen };
}

/** The list that an address names. */
export const jobIdOf = (c: PageContext): JobId | null => JobId.safeParse(c.req.param('job')).data ?? null;

const shown = ({ person, ...row }: ListRow): ListRowShown => ({
  ...row,
  person: person && { name: person.profile.name, agency: person.profile.agency, email: person.email },
});

/** A list as its page shows it; while it runs, how far it is and nothing of its rows. */
export async function jobShown(
  c: PageContext,
  job: ListJob,
): Promise<Result<Omit<ListJobProps, 'href' | 'uploadHref' | 'rosterHref'>>> {
  const ctx = c.var.desk;
  const of = Math.max(1, Math.ceil(job.total / ROWS_AT_ONCE));
  const number = Math.min(of, Math.max(1, Math.trunc(Number(c.req.query('page'))) || 1));
  const running = job.state === 'running';
  const [rows, toLookAt] = await Promise.all([
    running ? ok([]) : viewListRows(ctx, job, { chunk: number - 1 }),
    running ? ok([]) : viewListRows(ctx, job, 'to-look-at'),
  ]);
  if (!rows.ok) return rows;
  if (!toLookAt.ok) return toLookAt;
  // a page that moves by itself can be told to stand still (WCAG 2.2.2)
  const looksAgainAfter = running && c.req.query('still') === undefined ? LOOKS_AGAIN_AFTER : null;
  if (looksAgainAfter !== null) c.header('Refresh', String(looksAgainAfter));
  const { state, total, wrong, foreseen, outcomes, unanswered, unused } = job;
  return ok({
    state,
    looksAgainAfter,
    total,
    wrong,
    foreseen,
    outcomes,
    unanswered,
    unused,
    done: rowsDone(job),
    toLookAt: toLookAt.value.map(shown),
    rows: rows.value.map(shown),
    page: { number, of },
  });
}
