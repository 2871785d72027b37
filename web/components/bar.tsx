/** How full something is, drawn; the numbers stand beside it. Striped where nothing can be taken yet. */
export const SeatBar = ({ taken, capacity, idle }: { taken: number; capacity: number | null; idle?: boolean }) => {
  const share = capacity ? Math.min(100, Math.max(0, (taken / capacity) * 100)) : 0;
  return (
    <svg
      class={`bar${idle ? ' bar-idle' : ''}${share === 100 ? ' bar-full' : ''}`}
      viewBox="0 0 100 8"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <rect class="bar-track" width="100" height="8" />
      {idle ? null : <rect class="bar-fill" width={share.toFixed(1)} height="8" />}
    </svg>
  );
};
