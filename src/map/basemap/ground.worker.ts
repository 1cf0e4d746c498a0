/** The worker's side: a painter behind messages. It starts with the page and lives as long. */
import { GroundPainter } from './GroundPainter.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

let painter: GroundPainter | null = null;
const say = (message: FromWorker, transfer: Transferable[] = []) => postMessage(message, { transfer });

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case 'open':
      try {
        painter = new GroundPainter(data.source);
        painter.onNews = (news) => say({ type: 'news', news });
        say({ type: 'opened' });
      } catch {
        say({ type: 'failed' });
      }
      break;
    case 'state':
      painter?.setState(data.state);
      break;
    case 'spots':
      painter?.setSpots(data.spots);
      break;
    case 'look':
      painter?.look(data.zoom, data.view);
      break;
    case 'paint':
      void painter?.paint(data.job).then((value) => say({ type: 'answer', ask: data.ask, value }, value ? [value] : []));
      break;
    case 'outline':
      void painter?.outline(data.id, data.grade).then((value) => say({ type: 'answer', ask: data.ask, value }));
      break;
  }
});
