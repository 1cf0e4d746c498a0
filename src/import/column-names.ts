/** Names that editors give to columns, best first: English, Russian, Kazakh, Korean, Arabic, French, Spanish, German. */
import type { Role } from './columns.ts';

const split = (names: string): readonly string[] => names.split('|');

export const COLUMN_NAMES: { readonly [R in Role]: readonly string[] } = {
  id: split('id|event_id|event id|uid|key|номер|ид|код|нөмір|번호|식별자|معرف|المعرف|الرقم|identifiant|numéro|identificador|número|kennung|nummer'),
  title: split(
    'title|name|headline|event|what|название|заголовок|событие|тақырып|атауы|оқиға|제목|사건|이름|العنوان|عنوان|الحدث|titre|nom|événement|título|nombre|evento|titel|ereignis|überschrift',
  ),
  text: split(
    'text|description|notes|details|summary|says|desc|comment|cmt|описание|текст|подробности|сипаттама|мәтін|설명|내용|본문|الوصف|وصف|النص|texte|détails|descripción|texto|detalles|beschreibung',
  ),
  date: split(
    'date|event_date|start date|date start|day|when|start|begin|timestamp|дата|день|дата начала|когда|күні|күн|басталуы|날짜|일자|시작일|التاريخ|تاريخ|تاريخ البدء|اليوم|jour|date de début|fecha|día|fecha de inicio|datum|tag|beginn|startdatum',
  ),
  end: split(
    'end|end date|date end|date_to|until|дата окончания|конец|окончание|аяқталуы|종료일|끝|تاريخ الانتهاء|النهاية|date de fin|fin|fecha de fin|enddatum|ende|bis',
  ),
  time: split('time|hour|время|уақыты|уақыт|시각|시간|الوقت|الساعة|heure|hora|uhrzeit|zeit'),
  lng: split('lng|lon|long|longitude|x|долгота|бойлық|경도|خط الطول|longitud|längengrad|länge'),
  lat: split('lat|latitude|y|широта|ендік|위도|خط العرض|latitud|breitengrad|breite'),
  coordinates: split(
    'coordinates|coords|latlng|lat lng|lat, lon|geometry|wkt|geo|координаты|координаттар|좌표|الإحداثيات|إحداثيات|coordonnées|coordenadas|koordinaten',
  ),
  place: split(
    'place|location|city|town|where|locality|settlement|место|город|населённый пункт|место события|жер|орны|қала|장소|도시|위치|المكان|المدينة|الموقع|lieu|ville|lugar|ciudad|localidad|ort|stadt',
  ),
  region: split('region|admin1|province|state|oblast|область|регион|облыс|өңір|지역|주|المنطقة|المحافظة|الإقليم|région|provincia|región|bundesland|provinz'),
  country: split('country|country code|страна|ел|мемлекет|국가|나라|البلد|الدولة|pays|país|land|staat'),
  layer: split(
    'layer|category|folder|type|event_type|kind|theme|group|слой|категория|тип|вид|рубрика|санат|түрі|분류|유형|종류|الفئة|النوع|التصنيف|catégorie|thème|categoría|tipo|kategorie|art|typ',
  ),
  status: split('status|certainty|confidence|статус|достоверность|мәртебесі|상태|الحالة|statut|estado|gewissheit'),
  speaker: split(
    'speaker|who said|attribution|said by|according to|кто сообщил|кто сказал|со слов|айтқан|кім айтты|발언자|출처 인물|المتحدث|القائل|selon|locuteur|según|fuente oral|laut|sprecher',
  ),
  source: split('source|publisher|outlet|media|источник|издание|дереккөз|출처|매체|المصدر|fuente|quelle|medium'),
  url: split('url|link|source url|href|web|ссылка|адрес ссылки|сілтеме|링크|주소|الرابط|رابط|lien|enlace|verweis|adresse'),
  published: split('published|publication date|source date|опубликовано|дата публикации|жарияланған|게재일|تاريخ النشر|publié|publicado|veröffentlicht'),
  headline: split('source title|article title|заголовок источника'),
  killed: split(
    'fatalities|deaths|killed|dead|погибшие|погибло|убито|жертвы|қаза тапқандар|өлгендер|사망자|사망|القتلى|الوفيات|morts|décès|tués|muertos|fallecidos|tote|todesopfer',
  ),
  injured: split('injured|wounded|injuries|раненые|пострадавшие|ранено|жараланғандар|부상자|부상|الجرحى|المصابون|blessés|heridos|verletzte'),
  arrested: split(
    'arrested|detained|arrests|задержанные|арестованные|задержано|ұсталғандар|체포|구금|المعتقلون|الموقوفون|arrêtés|interpellés|detenidos|festgenommene',
  ),
  precision: split('precision|geo_precision|where_prec|accuracy|точность|дәлдігі|정밀도|الدقة|précision|precisión|genauigkeit'),
  timePrecision: split('time_precision|date_prec|date precision'),
  image: split('image|picture|photo|photograph|изображение|фото|снимок|картинка|сурет|사진|이미지|صورة|الصورة|photographie|imagen|foto|bild'),
  alt: split(
    'alt|alt text|image description|picture description|photo description|описание фото|описание изображения|описание снимка|сурет сипаттамасы|대체 텍스트|사진 설명|النص البديل|وصف الصورة|texte alternatif|texto alternativo|alternativtext|bildbeschreibung',
  ),
  credit: split(
    'credit|photo credit|image credit|picture credit|автор фото|автор снимка|сурет авторы|фото авторы|사진 출처|촬영자|المصور|حقوق الصورة|crédit|crédit photo|crédito|bildnachweis',
  ),
  licence: split('licence|license|лицензия|라이선스|الترخيص|رخصة|licencia|lizenz'),
  archived: split('archived|archive|archived copy|archive url|архив|архивная копия|мұрағат|보관본|نسخة مؤرشفة|الأرشيف|archivé|copia archivada|archiviert'),
  draft: split('draft|is draft|черновик|шимай нұсқа|초안|مسودة|brouillon|borrador|entwurf'),
  publishPrecision: split(
    'publish_precision|publish within km|coarse km|публиковать с точностью км|жариялау дәлдігі км|공개 정밀도 km|دقة النشر كم|précision publiée km|precisión publicada km|veröffentlichen auf km',
  ),
};
