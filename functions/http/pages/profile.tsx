import { Hono } from 'hono';
import { updateProfile, viewProfile } from '../../usecases/profile.ts';
import { ProfilePage, type ProfilePageProps } from '../../../web/pages/profile.tsx';
import type { Env } from '../session.ts';
import { keptProfile, parseProfile, typedProfile } from './fields.ts';
import { formOf, frameOf, keepsForm, show, showRefusal, type PageContext } from './page.tsx';
import { asksComponent } from './views.ts';

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
    if (form.resumed) return profilePage(c, { values });
    const profile = parseProfile(values);
    if (!profile.ok)
      return profilePage(
        c,
        { values, errors: profile.refusal.kind === 'invalid' ? [...profile.refusal.errors] : [] },
        422,
      );
    const saved = await updateProfile(c.var.desk, { profile: profile.value });
    return saved.ok ? c.redirect('/profile?saved=1', 303) : showRefusal(c, saved.refusal);
  });
