import { useSyncExternalStore } from 'react';

export function Offline() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return online ? null : (
    <p className="offline" role="status">
      You are offline. What is on screen may be out of date.
    </p>
  );
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}
