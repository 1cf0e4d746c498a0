/** What an import writes into a story of its own accord, in the languages of the interface and in Arabic; English elsewhere. */

export interface ImportWords {
  readonly events: string;
  readonly rows: string;
  readonly killed: string;
  readonly injured: string;
  readonly arrested: string;
  /** Behind a middle estimate with its bounds. */
  readonly estimate: (low: string, high: string) => string;
  readonly summary: (count: string, publisher: string) => string;
  readonly licence: string;
  readonly near: (code: string) => string;
  readonly region: (code: string) => string;
  readonly week: (code: string) => string;
  readonly month: (code: string) => string;
}

const WORDS: { readonly [language: string]: ImportWords } = {
  en: {
    events: 'Events',
    rows: 'Rows of the table',
    killed: 'people reported killed',
    injured: 'people reported injured',
    arrested: 'people reported arrested',
    estimate: (low, high) => `people killed, best estimate (low ${low}, high ${high})`,
    summary: (count, publisher) => `Events from a table (${count}), as ${publisher} gives them.`,
    licence: 'The data is its publisher’s; see the source.',
    near: (code) => `The point is near where it happened, not at it (${code}).`,
    region: (code) => `The point stands for the region; where in it is not known (${code}).`,
    week: (code) => `some day of that week (${code})`,
    month: (code) => `some day of that month (${code})`,
  },
  ru: {
    events: 'События',
    rows: 'Строки таблицы',
    killed: 'погибших, по сообщениям',
    injured: 'пострадавших, по сообщениям',
    arrested: 'задержанных, по сообщениям',
    estimate: (low, high) => `погибших, основная оценка (от ${low} до ${high})`,
    summary: (count, publisher) => `События из таблицы (${count}) в том виде, в каком их приводит источник: ${publisher}.`,
    licence: 'Данные принадлежат их издателю, см. источник.',
    near: (code) => `Точка стоит рядом с местом события, а не на нём (${code}).`,
    region: (code) => `Точка обозначает регион; где именно в нём, неизвестно (${code}).`,
    week: (code) => `один из дней той недели (${code})`,
    month: (code) => `один из дней того месяца (${code})`,
  },
  kk: {
    events: 'Оқиғалар',
    rows: 'Кесте жолдары',
    killed: 'адам қаза тапты деп хабарланды',
    injured: 'адам жарақаттанды деп хабарланды',
    arrested: 'адам ұсталды деп хабарланды',
    estimate: (low, high) => `қаза тапқан адам, негізгі бағалау (${low} мен ${high} аралығы)`,
    summary: (count, publisher) => `Кестедегі оқиғалар (${count}), дереккөз бергендей: ${publisher}.`,
    licence: 'Деректер баспагеріне тиесілі, дереккөзді қараңыз.',
    near: (code) => `Нүкте оқиға болған жердің өзінде емес, жанында тұр (${code}).`,
    region: (code) => `Нүкте өңірді білдіреді; оның қай жері екені белгісіз (${code}).`,
    week: (code) => `сол аптаның бір күні (${code})`,
    month: (code) => `сол айдың бір күні (${code})`,
  },
  ko: {
    events: '사건',
    rows: '표의 행',
    killed: '명 사망 보도',
    injured: '명 부상 보도',
    arrested: '명 체포 보도',
    estimate: (low, high) => `명 사망, 중간 추정치(최저 ${low}, 최고 ${high})`,
    summary: (count, publisher) => `표에서 가져온 사건 ${count}건. 출처: ${publisher}.`,
    licence: '데이터의 권리는 발행처에 있다. 출처를 보라.',
    near: (code) => `점은 사건이 일어난 곳이 아니라 그 근처를 가리킨다(${code}).`,
    region: (code) => `점은 지역 전체를 뜻하며, 그 안의 정확한 위치는 알려지지 않았다(${code}).`,
    week: (code) => `그 주의 어느 날(${code})`,
    month: (code) => `그 달의 어느 날(${code})`,
  },
  ar: {
    events: 'أحداث',
    rows: 'صفوف الجدول',
    killed: 'قتلى بحسب التقارير',
    injured: 'جرحى بحسب التقارير',
    arrested: 'موقوفون بحسب التقارير',
    estimate: (low, high) => `قتلى، أفضل تقدير (الأدنى ${low}، الأعلى ${high})`,
    summary: (count, publisher) => `أحداث من جدول (${count}) كما يوردها المصدر: ${publisher}.`,
    licence: 'البيانات ملك ناشرها؛ انظر المصدر.',
    near: (code) => `النقطة قريبة من مكان الحدث وليست عليه (${code}).`,
    region: (code) => `النقطة تمثل المنطقة كلها، والمكان داخلها غير معروف (${code}).`,
    week: (code) => `يوم من ذلك الأسبوع (${code})`,
    month: (code) => `يوم من ذلك الشهر (${code})`,
  },
};

const ENGLISH = WORDS.en as ImportWords;

export function importWords(language: string): ImportWords {
  return WORDS[language] ?? ENGLISH;
}
