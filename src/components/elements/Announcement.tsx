/** How do screen readers learn of a text that changes? */

import * as React from 'react';

/** Milliseconds after which a text is settled: while a notebook opens, it changes a few times. */
const SETTLED = 300;

/** Milliseconds after which the announced text goes, because the page has it already. */
const GONE = 3000;

/** Announces a text that stands elsewhere on the page, once it has settled; nothing is seen. */
export function Announcement({ text }: { text: string }): React.ReactElement {
  const [announced, setAnnounced] = React.useState('');
  React.useEffect(() => {
    const timer = setTimeout(() => setAnnounced(text), SETTLED);
    return () => clearTimeout(timer);
  }, [text]);
  React.useEffect(() => {
    const timer = setTimeout(() => setAnnounced(''), GONE);
    return () => clearTimeout(timer);
  }, [announced]);
  return (
    <span role="status" className="jp-NamespaceViz-spoken">
      {announced}
    </span>
  );
}
