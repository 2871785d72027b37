import { Hono } from 'hono';
import * as z from 'zod';
import { Host, HostList, HostRecord } from '../../../domain/audience.ts';
import type { TrainingEvent } from '../../../domain/event.ts';
import { DAY, EASTERN, localDay, momentOf, NO_TIME, plus, type Instant } from '../../../domain/time.ts';
import { ok, unknown, type FieldError, type Result } from '../../../domain/result.ts';
import { staffOnly } from '../../../usecases/access.ts';
import { listHosts, putHost, seeHost } from '../../../usecases/hosts.ts';
import type { HostValues } from '../../../../web/pages/staff/host-form.tsx';
import { HostPage, HostsPage } from '../../../../web/pages/staff/hosts.tsx';
import { fieldErrors } from '../../field-errors.ts';
import type { Env } from '../../session.ts';
import { deskFrameOf, formOf, localPath, noticeNext, show, type Form, type PageContext } from '../page.tsx';
import { showDeskRefusal } from './refusal.tsx';

/** A decision on a host is looked at again after a year. */
const HOLDS = 365 * DAY;

/** The form of a host that nobody has decided on, with what the event's audience suggests. */
export const freshHost = (agency: string, event: Pick<TrainingEvent, 'audience'> | null, now: Instant): HostValues => ({
  agency,
  class: '',
  lists: (event?.audience.hosts ?? []).filter((list) => HostList.safeParse(list).success),
  evidence: '',
  ends: localDay(plus(now, HOLDS), EASTERN),
  rev: 0,
});

const keptHost = (record: HostRecord, now: Instant): HostValues => ({
  ...record,
  ends: localDay(record.expiresAt <= now ? plus(now, HOLDS) : record.expiresAt, EASTERN),
});

const typedHost = (form: Form): HostValues => ({
  agency: form.get('agency'),
  class: form.get('class'),
  lists: form.all('lists'),
  evidence: form.get('evidence'),
  ends: form.get('ends'),
  rev: z.coerce.number().int().min(0).catch(-1).parse(form.get('rev')),
});

const Fields = HostRecord.pick({ agency: true, lists: true, evidence: true }).extend({
  class: z.enum(['exclusive', 'shared', 'contractor'], 'Choose who uses this host'),
});

/** The whole last day counts, in the Center's zone. */
function endOfDay(day: string): Instant | null {
  const end = momentOf(day, '23:59', EASTERN);
  return end?.kind === 'at' ? end.at : null;
}

function hostOf(c: PageContext): Result<Host> {
  const refused = staffOnly(c.var.desk);
  if (refused) return refused;
  const host = Host.safeParse(c.req.param('host'));
  return host.success ? ok(host.data) : unknown('host');
}

const DECIDED_MEANWHILE: FieldError = {
  path: 'class',
  message: 'Somebody decided on this host meanwhile, as the top of the page says. Save again to replace that',
};

async function hostPage(c: PageContext, back: string, typed: HostValues | null, errors: readonly FieldError[]) {
  const host = hostOf(c);
  if (!host.ok) return showDeskRefusal(c, host.refusal);
  const seen = await seeHost(c.var.desk, { host: host.value });
  if (!seen.ok) return showDeskRefusal(c, seen.refusal);
  const { record, verifiedBy, looksLike, isOtherScript, colleagues } = seen.value;
  const now = c.var.desk.clock.now();
  const valuesOf = (): HostValues => {
    if (!typed) return record ? keptHost(record, now) : freshHost('', null, now);
    return errors.includes(DECIDED_MEANWHILE) ? { ...typed, rev: record?.rev ?? 0 } : typed;
  };
  return show(
    c,
    <HostPage
      frame={deskFrameOf(c)}
      host={host.value}
      record={record && { ...record, verifiedBy }}
      looksLike={record ? null : looksLike}
      isOtherScript={isOtherScript}
      colleagues={colleagues}
      values={valuesOf()}
      back={{ href: localPath(back, '/staff/hosts'), words: 'Not now' }}
      errors={errors}
    />,
    errors.length > 0 ? 422 : 200,
  );
}

/** Email hosts: whose they are and who else uses them, each decided on by itself. */
export const hostPages = new Hono<Env>()
  .get('/staff/hosts', async (c) => {
    const typed = (c.req.query('host') ?? '').trim();
    const host = typed === '' ? null : Host.safeParse(typed);
    const refused = staffOnly(c.var.desk);
    if (refused) return showDeskRefusal(c, refused.refusal);
    if (host?.success) return c.redirect(`/staff/hosts/${host.data}`, 303);
    const page = z.coerce.number().int().min(1).max(10_000).catch(1).parse(c.req.query('page'));
    const listed = await listHosts(c.var.desk, { page });
    if (!listed.ok) return showDeskRefusal(c, listed.refusal);
    const errors = host ? [{ path: 'host', message: 'Give a host such as police.example.gov' }] : [];
    return show(
      c,
      <HostsPage frame={deskFrameOf(c)} {...listed.value} typed={typed} errors={errors} />,
      host ? 422 : 200,
    );
  })
  .get('/staff/hosts/:host', (c) => hostPage(c, c.req.query('back') ?? '', null, []))
  .post('/staff/hosts/:host', async (c) => {
    const host = hostOf(c);
    if (!host.ok) return showDeskRefusal(c, host.refusal);
    const form = await formOf(c);
    const typed = typedHost(form);
    const fields = Fields.safeParse(typed);
    const expiresAt = endOfDay(typed.ends);
    const errors = [
      ...(fields.success ? [] : fieldErrors(fields.error)),
      ...(expiresAt === null ? [{ path: 'ends', message: 'Give the last day on which this holds' }] : []),
    ];
    if (!fields.success || errors.length > 0) return hostPage(c, form.get('back'), typed, errors);
    const saved = await putHost(c.var.desk, {
      host: host.value,
      fields: { ...fields.data, expiresAt: expiresAt ?? NO_TIME },
      rev: typed.rev,
    });
    if (!saved.ok) {
      const { refusal } = saved;
      if (refusal.kind === 'version-stale') return hostPage(c, form.get('back'), typed, [DECIDED_MEANWHILE]);
      if (refusal.kind !== 'invalid') return showDeskRefusal(c, refusal);
      const errors = refusal.errors.map((error) => (error.path === 'expiresAt' ? { ...error, path: 'ends' } : error));
      return hostPage(c, form.get('back'), typed, errors);
    }
    noticeNext(c, `Saved ${host.value}. Nobody who waits was approved by it.`);
    return c.redirect(localPath(form.get('back'), '/staff/hosts'), 303);
  });
