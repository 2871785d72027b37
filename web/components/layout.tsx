import type { PropsWithChildren } from 'hono/jsx';
import type { Frame } from '../frame.ts';
import type { Site } from '../site.ts';
import { Document } from './document.tsx';
import { Identifier } from './identifier.tsx';

interface LayoutProps {
  frame: Frame;
  title: string;
  /** The page asks for something to be fixed. */
  error?: boolean;
  at?: 'trainings' | 'registrations' | 'profile' | 'sign-in';
}

/** The page of a participant or a visitor: banner, header, main part, where to ask, identifier. */
export const Layout = ({ frame, title, error = false, at, children }: PropsWithChildren<LayoutProps>) => (
  <Document title={title} error={error}>
    <header class="site-header">
      <div class="wrap site-header-in">
        <a class="brand" href="/">
          <Mark />
          <span>
            <span class="brand-name">Training desk</span>
            <span class="brand-owner">DHS Center for Countering Human Trafficking</span>
          </span>
        </a>
        <nav class="site-nav" aria-label="Main">
          <NavLink href="/" current={at === 'trainings'}>
            Trainings
          </NavLink>
          <NavLink href="/registrations" current={at === 'registrations'}>
            My registrations
          </NavLink>
        </nav>
        <div class="site-who">
          {frame.viewer ? (
            <a href="/profile" aria-current={at === 'profile' ? 'page' : undefined}>
              <span class="usa-sr-only">Your details: </span>
              {frame.viewer.label}
            </a>
          ) : (
            <a href="/sign-in" aria-current={at === 'sign-in' ? 'page' : undefined}>
              Sign in
            </a>
          )}
        </div>
      </div>
    </header>
    <main id="main" tabindex={-1}>
      {children}
    </main>
    <WhereToAsk site={frame.site} />
    <Identifier site={frame.site} />
  </Document>
);

const NavLink = ({ href, current, children }: PropsWithChildren<{ href: string; current: boolean }>) => (
  <a href={href} aria-current={current ? 'page' : undefined}>
    {children}
  </a>
);

const Mark = () => (
  <svg class="brand-mark" width="36" height="36" viewBox="0 0 36 36" aria-hidden="true" focusable="false">
    <rect width="36" height="36" rx="4" />
    <path d="M9 9h18v3H9zm0 7h18v3H9zm0 7h9v3H9z" />
    <circle cx="25" cy="25" r="3.6" />
  </svg>
);

const WhereToAsk = ({ site }: { site: Site }) => (
  <aside class="ask" aria-label="Where to ask">
    <div class="wrap ask-in">
      <div>
        <h2>Questions about a training</h2>
        <p>
          Email <a href={`mailto:${site.email}`}>{site.email}</a>. We answer within {site.answersWithin} working days.
        </p>
      </div>
      <div>
        <h2>More about this work</h2>
        <p>
          {site.materials.map((link, index) => (
            <>
              {index > 0 ? ' and ' : ''}
              <a href={link.href}>{link.label}</a>
            </>
          ))}
        </p>
      </div>
      <div>
        <h2>If you suspect human trafficking</h2>
        <p>
          Call the HSI Tip Line at <a href={`tel:+1${site.tipLine.replaceAll('-', '')}`}>{site.tipLine}</a>, any time.
          In an emergency, call 911.
        </p>
      </div>
    </div>
  </aside>
);
