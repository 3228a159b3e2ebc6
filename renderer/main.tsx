import '@fontsource-variable/inter';
import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/dropzone/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './app/app.css';
import { createRoot } from 'react-dom/client';
import { actOncePerPress } from './app/one-press.ts';
import { bridge } from './rpc/client.ts';

// The one-time token leaves the address before the router reads it.
bridge();
actOncePerPress();

const { App } = await import('./app/App.tsx');
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
