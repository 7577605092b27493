/** The mark: a price that goes on, and the gate that it passes. */
export function Logo() {
  return (
    <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#1f5fbf" />
      <path
        d="M6 21.5 12 15l4.5 4L26 9"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path d="M19.5 24.5h6.5" stroke="#ffb27a" strokeWidth="2.6" strokeLinecap="round" />
    </svg>
  );
}
