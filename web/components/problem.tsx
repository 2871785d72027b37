import type { Child } from 'hono/jsx';

/** What kept a page from being shown, or an act from being done. */
export type Problem =
  | { readonly kind: 'not-found'; readonly what?: 'page' | 'join-link' | 'training' | 'registration' }
  | { readonly kind: 'forbidden'; readonly detail?: string }
  /** Somebody was faster, or the thing has moved on. */
  | { readonly kind: 'conflict'; readonly detail: string }
  | { readonly kind: 'over'; readonly detail: string }
  | { readonly kind: 'too-many'; readonly retryAfterMinutes: number }
  /** Others are at the same thing, more than it takes at once. */
  | { readonly kind: 'busy' }
  /** Something that a form could not have sent. */
  | { readonly kind: 'unreadable'; readonly detail?: string }
  /** Our fault. `saved` says in a sentence what was and was not saved. */
  | { readonly kind: 'server'; readonly saved: string };

interface Words {
  readonly title: string;
  readonly text: string;
  /** What to do next. */
  readonly next: 'home' | 'again' | 'email';
}

const NOT_FOUND = {
  page: {
    title: 'We can’t find that page',
    text: 'Check the address, or start from the list of trainings.',
    next: 'home',
  },
  training: {
    title: 'We can’t find that training',
    text: 'It may be one that you see after you sign in.',
    next: 'home',
  },
  registration: {
    title: 'We can’t find that registration',
    text: 'It may belong to another address than the one you signed in with.',
    next: 'home',
  },
  'join-link': {
    title: 'This join link does not work',
    text: 'It works for whoever holds a seat. If you gave yours back, or changed your session, use the link in our newest email.',
    next: 'email',
  },
} as const;

/** The words of a problem; the page's title is made from them. */
export function problemWords(problem: Problem): Words {
  switch (problem.kind) {
    case 'not-found':
      return NOT_FOUND[problem.what ?? 'page'];
    case 'forbidden':
      return {
        title: 'This page is not for your account',
        text: problem.detail ?? 'You are signed in, and this page is for others.',
        next: 'email',
      };
    case 'conflict':
      return { title: 'This changed while you were here', text: problem.detail, next: 'again' };
    case 'over':
      return { title: 'This is over', text: problem.detail, next: 'home' };
    case 'too-many': {
      const minutes = Math.max(1, problem.retryAfterMinutes);
      return {
        title: 'Wait a little',
        text: `You asked many times in a short while. Try again in ${minutes === 1 ? '1 minute' : `${minutes} minutes`}. Nothing is lost.`,
        next: 'email',
      };
    }
    case 'busy':
      return {
        title: 'Many people are here at this moment',
        text: 'We could not do that just now. Nothing is lost and nothing was changed.',
        next: 'again',
      };
    case 'unreadable':
      return {
        title: 'We could not read what was sent',
        text: problem.detail ?? 'Nothing was changed. Go back and send the form again.',
        next: 'again',
      };
    case 'server':
      return { title: 'Something went wrong on our side', text: problem.saved, next: 'again' };
  }
}

/** What happened, what was saved, and what to do next. */
export const ProblemBody = ({
  problem,
  email,
  home,
}: {
  problem: Problem;
  email: string;
  home: { href: string; words: string };
}) => {
  const words = problemWords(problem);
  const write: Child = <a href={`mailto:${email}`}>{email}</a>;
  return (
    <div class="narrow plain-page">
      <h1>{words.title}</h1>
      <p class="lead">{words.text}</p>
      <p class="after-words">
        {words.next === 'again' ? <>Go back and try again, or email {write}.</> : null}
        {words.next === 'email' ? <>If you think this is wrong, email {write}.</> : null}
      </p>
      <p class="after-words">
        <a class="usa-button usa-button--outline" href={home.href}>
          {home.words}
        </a>
      </p>
    </div>
  );
};
