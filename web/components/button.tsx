import type { PropsWithChildren } from 'hono/jsx';

export type ButtonLook = 'filled' | 'outline' | 'danger' | 'text';

interface ButtonProps {
  look?: ButtonLook;
  big?: boolean;
  wide?: boolean;
  /** Said after the words to tell this button from its likes: ": Annual DHS seminar, May 11–13, 2027". */
  about?: string;
  /** The id of the form that it sends, where it stands outside of it. */
  form?: string;
  name?: string;
  value?: string;
}

const classes = ({ look = 'filled', big, wide }: ButtonProps): string =>
  [
    look === 'text' ? 'linkbutton' : 'usa-button',
    look === 'filled' || look === 'text' ? '' : look === 'danger' ? 'button-danger' : 'usa-button--outline',
    big ? 'button-big' : '',
    wide ? 'button-wide' : '',
  ]
    .filter(Boolean)
    .join(' ');

const About = ({ about }: { about: string | undefined }) => (about ? <span class="usa-sr-only">: {about}</span> : null);

/** A button that sends its form. One filled button in view; outline is another act, red destroys or denies. */
export const Button = (props: PropsWithChildren<ButtonProps>) => (
  <button type="submit" class={classes(props)} form={props.form} name={props.name} value={props.value}>
    {props.children}
    <About about={props.about} />
  </button>
);

/** A link that looks like a button: it opens a page and changes nothing. */
export const LinkButton = (
  props: PropsWithChildren<Pick<ButtonProps, 'look' | 'big' | 'wide' | 'about'> & { href: string }>,
) => (
  <a class={classes(props)} href={props.href}>
    {props.children}
    <About about={props.about} />
  </a>
);

/** A link whose words repeat in the page; `about` tells it from its likes. */
export const NamedLink = ({ href, about, children }: PropsWithChildren<{ href: string; about: string }>) => (
  <a href={href}>
    {children}
    <About about={about} />
  </a>
);
