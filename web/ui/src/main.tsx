import './styles/base.css';
import './styles/table.css';
import './styles/shell.css';
import './styles/page.css';
import './styles/ledger.css';
import './styles/plans.css';
import './styles/books.css';
import './styles/composer.css';
import './styles/chat.css';
import './styles/answers.css';
import './styles/figure.css';
import './styles/imports.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './app/App';
import { applyColourMode } from './lib/colourMode';

applyColourMode();
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
