import type { Citation } from './turn';

export function Citations({ citations }: { citations: Citation[] }) {
  if (citations.length === 0) return null;
  return (
    <section className="citations" aria-label="Sources">
      <h3>Sources</h3>
      <ol>
        {citations.map((citation, index) => (
          <li key={index}>
            {citation.url === '' ? (
              <cite>{citation.title}</cite>
            ) : (
              <a href={citation.url} target="_blank" rel="noopener noreferrer">
                {citation.title}
              </a>
            )}
            {citation.section !== '' && `, ${citation.section}`}
            {citation.quote !== '' && <blockquote>{citation.quote}</blockquote>}
            {citation.reviewed !== '' && <small>Reviewed {citation.reviewed}</small>}
          </li>
        ))}
      </ol>
    </section>
  );
}
