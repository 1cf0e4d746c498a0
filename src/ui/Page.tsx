import type { ComponentType, ReactNode } from 'react';
import { Suspense } from 'react';
import { summaryOf } from '../core/describe.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { LayerPanel } from './LayerPanel.tsx';
import { Say } from './Say.tsx';
import type { Desk } from './store.ts';
import { DeskProvider } from './store.ts';

/** Parts of `later.ts`: themselves at build, and in the browser as they come. */
export interface LaterParts {
  readonly Timeline: ComponentType;
  readonly Search: ComponentType;
  readonly HowToRead: ComponentType;
  readonly Steps: ComponentType;
  readonly ContextSwitch: ComponentType;
  readonly KeyFigures: ComponentType;
  readonly EventList: ComponentType;
  readonly FigureSeries: ComponentType;
  readonly About: ComponentType;
  readonly Tools: ComponentType;
  readonly Fold: ComponentType;
}

/**
 * The whole page of a story. The build renders it to HTML with nothing in the map's region but the static picture
 * behind it; the browser takes the same tree over and puts the live map in.
 * @param children what stands in the map's region
 */
export function Page({
  desk,
  later: { Timeline, Search, HowToRead, Steps, ContextSwitch, KeyFigures, EventList, FigureSeries, About, Tools, Fold },
  children,
}: {
  desk: Desk;
  later: LaterParts;
  children?: ReactNode;
}) {
  const { story, t } = desk;
  return (
    <DeskProvider value={desk}>
      <header className="masthead">
        <p className="skip">
          <a href="#events">{t.skipToList}</a>
        </p>
        <h1>
          <Say words={story.title} />
        </h1>
        <p className="lead">
          <Say words={story.summary} />
        </p>
        <p className="masthead-facts">{t.facts(t.asOf(story.asOf), summaryOf(story, t))}</p>
        <LanguageSwitch />
        <Suspense fallback={null}>
          <Tools />
        </Suspense>
        {story.leftOut > 0 && (
          <p className="notice" role="alert">
            {t.leftOut(story.leftOut)}
          </p>
        )}
      </header>
      <main className="contents">
        <LayerPanel />
        <div className="map" id="map" tabIndex={-1}>
          {children}
        </div>
        <Suspense fallback={null}>
          <Fold />
          <Timeline />
        </Suspense>
        <div className="panel">
          {/* A page of very many events is no complete account, and its list says so. */}
          {!story.dense && (
            <noscript>
              <p className="notice">{t.noScript}</p>
            </noscript>
          )}
          <Suspense fallback={null}>
            <Search />
            <HowToRead />
            <Steps />
            <ContextSwitch />
            <KeyFigures />
            <EventList />
            <FigureSeries />
            <About />
          </Suspense>
        </div>
      </main>
    </DeskProvider>
  );
}
