import type { Child, PropsWithChildren } from 'hono/jsx';
import type { DeskFrame } from '../frame.ts';
import { Document } from './document.tsx';
import { Icon } from './icon.tsx';
import { Identifier } from './identifier.tsx';

const NAV = {
  staff: [
    { at: 'today', href: '/staff', words: 'Today' },
    { at: 'events', href: '/staff/events', words: 'Events' },
    { at: 'people', href: '/staff/people', words: 'People' },
    { at: 'messages', href: '/staff/messages', words: 'Messages' },
  ],
  trainer: [{ at: 'trainings', href: '/trainer', words: 'My trainings' }],
} as const;

interface DeskLayoutProps {
  frame: DeskFrame;
  desk: 'staff' | 'trainer';
  title: string;
  error?: boolean;
  at?: 'today' | 'events' | 'people' | 'messages' | 'trainings';
}

/** The page of staff or of a trainer, with that role's bar and no other. */
export const DeskLayout = ({ frame, desk, title, error = false, at, children }: PropsWithChildren<DeskLayoutProps>) => (
  <Document title={title} error={error} desk>
    <header class="desk-bar">
      <div class="wrap">
        <p class="desk-brand">
          <strong>Training desk</strong> <span>{desk === 'staff' ? 'Staff' : 'Trainer'}</span>
        </p>
        <nav aria-label="Main">
          {NAV[desk].map((item) => (
            <a href={item.href} aria-current={item.at === at ? 'page' : undefined}>
              {item.words}
            </a>
          ))}
        </nav>
        <form class="desk-who" method="post" action="/sign-out">
          {frame.name} <span aria-hidden="true">·</span>{' '}
          <button class="linkbutton" type="submit">
            Sign out
          </button>
        </form>
      </div>
    </header>
    <main id="main" tabindex={-1}>
      <div class="wrap desk-main">
        {frame.notice ? (
          <p class="note note-good desk-notice" role="status">
            <Icon name="checkCircle" size={20} /> <span>{frame.notice}</span>
          </p>
        ) : null}
        {children}
      </div>
    </main>
    <Identifier site={frame.site} />
  </Document>
);

interface DeskHeadProps {
  title: Child;
  /** Where this page belongs: "Events". */
  crumb?: { readonly href: string; readonly words: string };
  above?: Child;
  below?: Child;
}

/** The head of a desk page: crumb, title, a line, and what can be done at the right. */
export const DeskHead = ({ title, crumb, above, below, children }: PropsWithChildren<DeskHeadProps>) => (
  <div class="desk-head">
    <div>
      {crumb ? (
        <a class="crumb" href={crumb.href}>
          {crumb.words}
        </a>
      ) : null}
      {above ? <p class="desk-above">{above}</p> : null}
      <h1>{title}</h1>
      {below ? <div class="desk-below">{below}</div> : null}
    </div>
    {children ? <div class="desk-acts">{children}</div> : null}
  </div>
);
