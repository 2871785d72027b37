import { Hono } from 'hono';
import { RegistrationId } from '../../domain/ids.ts';
import { updateProfile, viewProfile } from '../../usecases/profile.ts';
import { ProfilePage, type ProfilePageProps } from '../../../web/pages/profile.tsx';
import type { Env } from '../session.ts';
import { keptProfile, parseProfile, typedProfile } from './fields.ts';
import { formOf, frameOf, keepsForm, show, showRefusal, type PageContext } from './page.tsx';
import { asksComponent } from './views.ts';

/** The registration whose page is next, once there is a name. */
const seatOf = (typed: string | undefined): string | null => RegistrationId.safeParse(typed).data ?? null;

async function profilePage(c: PageContext, more: Partial<ProfilePageProps>, status: 200 | 422 = 200) {
  const person = await viewProfile(c.var.desk);
  if (!person.ok) return showRefusal(c, person.refusal);
  return show(
    c,
    <ProfilePage
      frame={frameOf(c)}
      email={person.value.email}
      asksComponent={asksComponent(person.value.email)}
      values={keptProfile(person.value, frameOf(c).zone)}
      saved={c.req.query('saved') === '1'}
      seat={seatOf(c.req.query('seat'))}
      errors={[]}
      {...more}
    />,
    status,
  );
}

/** What somebody says of themselves. */
export const profilePages = new Hono<Env>()
  .get('/profile', (c) => profilePage(c, {}))
  .post('/profile', keepsForm, async (c) => {
    const form = await formOf(c);
    const values = typedProfile(form);
    const seat = seatOf(form.get('seat'));
    if (form.resumed) return profilePage(c, { values, seat });
    const profile = parseProfile(values);
    if (!profile.ok)
      return profilePage(
        c,
        { values, seat, errors: profile.refusal.kind === 'invalid' ? [...profile.refusal.errors] : [] },
        422,
      );
    const saved = await updateProfile(c.var.desk, { profile: profile.value });
    if (!saved.ok) return showRefusal(c, saved.refusal);
    return c.redirect(seat ? `/registrations/${seat}` : '/profile?saved=1', 303);
  });
