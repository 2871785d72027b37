/** A mail address that may break after its at sign, and after the dots of its host. */
export const EmailText = ({ email, strong }: { email: string; strong?: boolean }) => {
  const cut = email.lastIndexOf('@') + 1;
  const text = (
    <>
      {email.slice(0, cut)}
      <wbr />
      {email
        .slice(cut)
        .split(/(?<=\.)/)
        .map((label, index) => (
          <>
            {index > 0 ? <wbr /> : null}
            {label}
          </>
        ))}
    </>
  );
  return strong ? <strong>{text}</strong> : text;
};
