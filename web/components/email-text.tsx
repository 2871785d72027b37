/** A mail address that may break after its at sign. */
export const EmailText = ({ email, strong }: { email: string; strong?: boolean }) => {
  const cut = email.lastIndexOf('@') + 1;
  const text = (
    <>
      {email.slice(0, cut)}
      <wbr />
      {email.slice(cut)}
    </>
  );
  return strong ? <strong>{text}</strong> : text;
};
