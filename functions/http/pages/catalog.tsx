import { Hono } from 'hono';
import { personOf } from '../../domain/actor.ts';
import type { TrainingEvent } from '../../domain/event.ts';
import { AudienceGroup } from '../../domain/program.ts';
import { eventIdOfSlug } from '../../domain/ids.ts';
import { TimeZone } from '../../domain/time.ts';
import { listEvents, viewEvent } from '../../usecases/list-events.ts';
import { mayList } from '../../usecases/coordinate.ts';
import type { Context } from '../../usecases/context.ts';
import { recentReviewTimes } from '../../usecases/recent-review-times.ts';
import { positionOf } from '../../usecases/register-for-event.ts';
import { EventPage } from '../../../web/pages/event.tsx';
import { HomePage } from '../../../web/pages/home.tsx';
import { PrivacyPage } from '../../../web/pages/privacy.tsx';
import { TimeZonePage } from '../../../web/pages/time-zone.tsx';
import { dropCookie, keepCookie, type Env } from '../session.ts';
import { formOf, frameOf, localPath, show, showRefusal, ZONE } from './page.tsx';
import { updateProfile } from '../../usecases/profile.ts';
import { eventDetail, eventPath, homeEvent, insteadOf, mineOf, standingOf } from './views.ts';

const A_YEAR_IN_SECONDS = 365 * 24 * 3600;

/** Hosts that the reader may register people of now; staff register lists on their own pages. */
async function coordinatedBy(ctx: Context, event: TrainingEvent): Promise<readonly string[]> {
  const now = ctx.clock.now();
  if (event.status !== 'published' || now < event.opensAt || now >= event.closesAt) return [];
  const may = await mayList(ctx);
  return may === null || may === 'everybody' ? [] : may;
}

/** What anybody may see: the catalog, an event, and the pages about them. */
export const catalogPages = new Hono<Env>()
  .get('/', async (c) => {
    const events = await listEvents(c.var.desk, {});
    if (!events.ok) return showRefusal(c, events.refusal);
    const all = events.value.map(homeEvent);
    const chosen = AudienceGroup.safeParse(c.req.query('for'));
    const filters = AudienceGroup.options
      .map((group) => ({ group, count: all.filter((event) => event.group === group).length }))
      .filter(({ count }) => count > 0);
    const shown = chosen.success ? all.filter((event) => event.group === chosen.data) : all;
    return show(
      c,
      <HomePage
        frame={frameOf(c)}
        events={shown}
        filters={filters}
        total={all.length}
        chosen={chosen.success ? chosen.data : null}
      />,
    );
  })
  .get('/trainings/:slug', async (c) => {
    const ctx = c.var.desk;
    const id = eventIdOfSlug(c.req.param('slug'));
    if (!id) return showRefusal(c, { kind: 'unknown', what: 'training' });
    const seen = await viewEvent(ctx, { id });
    if (!seen.ok) return showRefusal(c, seen.refusal);
    const right = eventPath(seen.value.event);
    if (new URL(c.req.url).pathname !== right) return c.redirect(right, 301);
    const { registration } = seen.value;
    const reviews = await recentReviewTimes(ctx, seen.value.event);
    return show(
      c,
      <EventPage
        frame={frameOf(c)}
        event={eventDetail(seen.value)}
        standing={standingOf(ctx, seen.value, reviews)}
        mine={mineOf(seen.value, registration ? await positionOf(ctx, registration) : null)}
        instead={await insteadOf(ctx, seen.value)}
        coordinates={await coordinatedBy(ctx, seen.value.event)}
        reviews={reviews}
      />,
    );
  })
  .get('/privacy', (c) => show(c, <PrivacyPage frame={frameOf(c)} />))
  .get('/time-zone', (c) =>
    show(c, <TimeZonePage frame={frameOf(c)} returnTo={localPath(c.req.query('return'), '/')} errors={[]} />),
  )
  .post('/time-zone', async (c) => {
    const form = await formOf(c);
    const returnTo = localPath(form.get('return'), '/');
    const profile = personOf(c.var.desk.actor)?.profile;
    if (form.get('zone') === '' && !profile) {
      dropCookie(c, ZONE);
      return c.redirect(returnTo, 303);
    }
    const zone = TimeZone.safeParse(form.get('zone'));
    if (!zone.success)
      return show(
        c,
        <TimeZonePage
          frame={frameOf(c)}
          returnTo={returnTo}
          errors={[{ path: 'zone', message: 'Choose a time zone' }]}
        />,
        422,
      );
    keepCookie(c, ZONE, zone.data, A_YEAR_IN_SECONDS);
    if (profile) await updateProfile(c.var.desk, { profile: { ...profile, timeZone: zone.data } });
    return c.redirect(returnTo, 303);
  });
