import { Hono } from 'hono';
import { addLocalFiles } from './local-files.ts';
import type { MailStore } from './mail-store.ts';
import { isView, type View } from './mailbox-message.tsx';
import { MailboxPage, NoMessagePage } from './mailbox-page.tsx';
import { headersOf } from './parse-mail.ts';

const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** A message may bring its own styles and nothing else; its links open beside the mailbox. */
const MESSAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";
const PER_PAGE = 100;

/** The mailbox over HTTP: the JSON that tests read, and the pages. */
export function mailboxApp(store: MailStore, site: string): Hono {
  const app = new Hono();
  addJson(app, store);
  addPages(app, store, site);
  addLocalFiles(app);
  return app;
}

function addJson(app: Hono, store: MailStore): void {
  const json = (body: Buffer): Response =>
    new Response(new Uint8Array(body), { headers: { 'content-type': 'application/json; charset=utf-8' } });
  app.get('/email', (context) => json(store.listJson(context.req.query('to'))));
  app.get('/email/:id', (context) => {
    const mail = store.find(context.req.param('id'));
    return mail ? context.json(mail) : context.json({ title: 'There is no such message' }, 404);
  });
  app.get('/email/:id/source', async (context) => {
    const source = await store.source(context.req.param('id'));
    if (!source) return context.json({ title: 'There is no such message' }, 404);
    return context.body(new Uint8Array(source), 200, { 'content-type': 'text/plain; charset=utf-8' });
  });
}

function addPages(app: Hono, store: MailStore, site: string): void {
  app.get('/', async (context) => {
    const to = context.req.query('to') || undefined;
    const newest = store.list(to).at(-1);
    return context.html(
      await page(store, { site, to, before: context.req.query('before'), id: newest?.id, at: 'list' }),
      200,
      {
        'content-security-policy': PAGE_POLICY,
      },
    );
  });
  app.get('/messages/:id', async (context) => {
    const id = context.req.param('id');
    const query = context.req.query();
    const found = store.find(id) !== null;
    const view = isView(query['view']) ? query['view'] : 'seen';
    const body = found ? (
      await page(store, { site, to: query['to'] || undefined, before: query['before'], id, view, at: 'message' })
    ) : (
      <NoMessagePage site={site} />
    );
    return context.html(body, found ? 200 : 404, { 'content-security-policy': PAGE_POLICY });
  });
  app.get('/messages/:id/body', (context) => {
    const mail = store.find(context.req.param('id'));
    if (!mail) return context.notFound();
    // Links leave the frame, which could show nothing but this message.
    return context.html(`<base target="_blank">${mail.html}`, 200, { 'content-security-policy': MESSAGE_POLICY });
  });
  app.get('/messages/:id/download', async (context) => {
    const id = context.req.param('id');
    const source = await store.source(id);
    if (!source) return context.notFound();
    return context.body(new Uint8Array(source), 200, {
      'content-type': 'message/rfc822',
      'content-disposition': `attachment; filename="message-${Number(id)}.eml"`,
    });
  });
}

interface Wanted {
  readonly site: string;
  readonly to: string | undefined;
  readonly before: string | undefined;
  readonly id: string | undefined;
  readonly view?: View;
  readonly at: 'list' | 'message';
}

async function page(store: MailStore, wanted: Wanted) {
  const { site, to, id, at, view = 'seen' } = wanted;
  const all = store.list();
  const shown = store.list(to).toReversed();
  const from = Math.max(0, wanted.before ? shown.findIndex((one) => Number(one.id) < Number(wanted.before)) : 0);
  const mail = id === undefined ? null : store.find(id);
  const source = mail ? await store.source(mail.id) : null;
  const uid = all.find((one) => one.id === id)?.invitation?.uid;
  return (
    <MailboxPage
      site={site}
      at={at}
      recipients={recipientsOf(all)}
      to={to}
      total={shown.length}
      list={shown.slice(from, from + PER_PAGE)}
      olderThan={shown.length > from + PER_PAGE ? shown[from + PER_PAGE - 1]?.id : undefined}
      message={
        mail && source ? { mail, view, source: source.toString('utf8'), headers: await headersOf(source) } : null
      }
      aboutTheSame={uid === undefined ? [] : all.filter((one) => one.invitation?.uid === uid)}
    />
  );
}

/** Each recipient with how many messages they have, by address. */
function recipientsOf(mails: ReturnType<MailStore['list']>): { address: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const address of mails.flatMap(({ to }) => to)) counts.set(address, (counts.get(address) ?? 0) + 1);
  return [...counts]
    .map(([address, count]) => ({ address, count }))
    .toSorted((a, b) => (a.address < b.address ? -1 : 1));
}
