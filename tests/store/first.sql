BEGIN TRANSACTION;
CREATE TABLE about (
	doc VARCHAR NOT NULL, 
	n INTEGER NOT NULL, 
	PRIMARY KEY (doc, n), 
	FOREIGN KEY(n) REFERENCES relation (n) ON DELETE CASCADE
);
CREATE TABLE alert (
	n INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	doc VARCHAR NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (n), 
	UNIQUE (id)
);
INSERT INTO "alert" VALUES(1,'bcdcab5f5ca9fa75','2026-11-22T13:08:17.260521+00:00','b','{"id":"bcdcab5f5ca9fa75","at":"","kind":"text","doc":"b","story":"c47028b49d027c27","title":"Le maire de Valmore a annoncé lundi que 12 maisons avaient été détruites par la crue","told":{"fr":{"id":"bcdcab5f5ca9fa75","kind":"text","doc":"b","line":{"parts":[{"text":"Les secours parlent mardi de 15 maisons détruites par la crue à Valmore, selon la préfecture.","kind":"words","lang":"fr"},{"text":" (b, 6 mai 2031)"}],"refs":[["b","fc944fd90db8c950"]],"links":[{"doc":"b","start":0,"end":93,"number":2,"paragraph":1}],"support":{"texts":1,"articles":1}}},"en":{"id":"bcdcab5f5ca9fa75","kind":"text","doc":"b","line":{"parts":[{"text":"Les secours parlent mardi de 15 maisons détruites par la crue à Valmore, selon la préfecture.","kind":"words","lang":"fr"},{"text":" (b, May 6, 2031)"}],"refs":[["b","fc944fd90db8c950"]],"links":[{"doc":"b","start":0,"end":93,"number":2,"paragraph":1}],"support":{"texts":1,"articles":1}}}},"outlets":{"b":"b 2031-05-06"}}');
INSERT INTO "alert" VALUES(2,'36d3ee9e5f03f68f','2026-11-22T13:08:25.584288+00:00','c','{"id":"36d3ee9e5f03f68f","at":"","kind":"denial","doc":"c","story":"c47028b49d027c27","title":"Les secours parlent mardi de 15 maisons détruites par la crue à Valmore, selon la préfecture","told":{"fr":{"id":"36d3ee9e5f03f68f","kind":"denial","doc":"c","line":{"parts":[{"text":"The prefect","kind":"words","lang":"en"},{"text":" "},{"text":"dément","kind":"act"},{"text":" : "},{"text":"the dam above Valmore had broken","kind":"words","lang":"en"},{"text":" "},{"text":"(en anglais)","kind":"note"}],"refs":[["c","7cf7466ca7c8ae4a"]],"links":[{"doc":"c","start":35,"end":67,"number":3,"paragraph":1}],"support":{"texts":1,"articles":1,"first_sources":["The prefect"]}}},"en":{"id":"36d3ee9e5f03f68f","kind":"denial","doc":"c","line":{"parts":[{"text":"The prefect","kind":"words","lang":"en"},{"text":" "},{"text":"denies","kind":"act"},{"text":" that "},{"text":"the dam above Valmore had broken","kind":"words","lang":"en"}],"refs":[["c","7cf7466ca7c8ae4a"]],"links":[{"doc":"c","start":35,"end":67,"number":3,"paragraph":1}],"support":{"texts":1,"articles":1,"first_sources":["The prefect"]}}}},"outlets":{"c":"c 2031-05-06"}}');
INSERT INTO "alert" VALUES(3,'8fbcdd4310aee613','2026-11-22T13:08:25.584288+00:00','c','{"id":"8fbcdd4310aee613","at":"","kind":"text","doc":"c","story":"c47028b49d027c27","title":"Les secours parlent mardi de 15 maisons détruites par la crue à Valmore, selon la préfecture","told":{"fr":{"id":"8fbcdd4310aee613","kind":"text","doc":"c","line":{"parts":[{"text":"The prefect denied on Tuesday that the dam above Valmore had broken.","kind":"words","lang":"en"},{"text":" (c, 6 mai 2031)"},{"text":" "},{"text":"(en anglais)","kind":"note"}],"refs":[["c","b1287899ac4ec944"]],"links":[{"doc":"c","start":0,"end":68,"number":3,"paragraph":1}],"support":{"texts":1,"articles":1}}},"en":{"id":"8fbcdd4310aee613","kind":"text","doc":"c","line":{"parts":[{"text":"The prefect denied on Tuesday that the dam above Valmore had broken.","kind":"words","lang":"en"},{"text":" (c, May 6, 2031)"}],"refs":[["c","b1287899ac4ec944"]],"links":[{"doc":"c","start":0,"end":68,"number":3,"paragraph":1}],"support":{"texts":1,"articles":1}}}},"outlets":{"c":"c 2031-05-06"}}');
INSERT INTO "alert" VALUES(4,'f6dc171bdcba36c6','2026-11-22T13:08:25.968938+00:00','a','{"id":"f6dc171bdcba36c6","at":"","kind":"revised","doc":"a","story":"c47028b49d027c27","title":"Les secours parlent mardi de 15 maisons détruites par la crue à Valmore, selon la préfecture","told":{"fr":{"id":"f6dc171bdcba36c6","kind":"revised","doc":"a","line":{"parts":[{"text":"Le maire de Valmore a annoncé lundi que 12 maisons avaient été détruites par la crue.","kind":"words","lang":"fr"},{"text":" (a, 5 mai 2031)"},{"text":" : 1 ligne(s) nouvelle(s), 0 retirée(s)"}],"refs":[["a","232f3459d42c3b49"]],"links":[{"doc":"a","start":86,"end":106,"number":1,"paragraph":2}],"support":{"texts":1,"articles":1}}},"en":{"id":"f6dc171bdcba36c6","kind":"revised","doc":"a","line":{"parts":[{"text":"Le maire de Valmore a annoncé lundi que 12 maisons avaient été détruites par la crue.","kind":"words","lang":"fr"},{"text":" (a, May 5, 2031)"},{"text":": 1 new line(s), 0 taken out"},{"text":" "},{"text":"(in French)","kind":"note"}],"refs":[["a","232f3459d42c3b49"]],"links":[{"doc":"a","start":86,"end":106,"number":1,"paragraph":2}],"support":{"texts":1,"articles":1}}}},"outlets":{"a":"a 2031-05-05"}}');
CREATE TABLE arrival (
	n INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	PRIMARY KEY (n), 
	FOREIGN KEY(n) REFERENCES article (n) ON DELETE CASCADE
);
INSERT INTO "arrival" VALUES(1,'2031-05-05T09:00:00.000000+00:00');
INSERT INTO "arrival" VALUES(2,'2031-05-06T09:00:00.000000+00:00');
INSERT INTO "arrival" VALUES(3,'2031-05-07T09:00:00.000000+00:00');
INSERT INTO "arrival" VALUES(4,'2031-05-08T09:00:00.000000+00:00');
CREATE TABLE article (
	n INTEGER NOT NULL, 
	version VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	lang VARCHAR NOT NULL, 
	published VARCHAR, 
	published_by VARCHAR NOT NULL, 
	source TEXT NOT NULL, 
	read VARCHAR NOT NULL, 
	url TEXT NOT NULL, 
	title TEXT NOT NULL, 
	outlet TEXT NOT NULL, 
	translated BOOLEAN NOT NULL, 
	translated_why TEXT NOT NULL, 
	hints TEXT NOT NULL, 
	seal VARCHAR NOT NULL, 
	chain VARCHAR NOT NULL, 
	PRIMARY KEY (n), 
	UNIQUE (version)
);
INSERT INTO "article" VALUES(1,'9751e21adefc4fb8','a','Le maire de Valmore a annoncé lundi que 12 maisons avaient été détruites par la crue.','0000000000000000000000000000000000000000000000000000000000000000','fr','2031-05-05','given','','2031-05-05T08:00:00+00:00','','','',0,'[]','[]','19e4d82c18205f653729166318d21faf071dce894be00ce0e270bdc7fde0f223','f46f28d6890946ffa96a2711792863330e13351f831c08d10f4801372389c380');
INSERT INTO "article" VALUES(2,'1bc8281884cc5626','b','Les secours parlent mardi de 15 maisons détruites par la crue à Valmore, selon la préfecture.','0000000000000000000000000000000000000000000000000000000000000000','fr','2031-05-06','given','','2031-05-06T08:00:00+00:00','','','',0,'[]','[]','310dcd972f3f8f49a135e0847efdb7f11417fd0911164e8d6b45e140f09e4640','14ea263244a4007d155262a26a75649f5275db6ad079ba6e4915a0e0ed22dba5');
INSERT INTO "article" VALUES(3,'bc35e4a576d29be3','c','The prefect denied on Tuesday that the dam above Valmore had broken.','0000000000000000000000000000000000000000000000000000000000000000','en','2031-05-06','given','','2031-05-06T08:00:00+00:00','','','',0,'[]','[]','4e0e118e96449cd608090f7fe20cd6eee1ffdfbd7d8baba75c741a443c47144c','f3a30773f704ec903704115a7e39a1219397b4d69d520e321669e13dbc4909fd');
INSERT INTO "article" VALUES(4,'3cd508b3bbf9ee15','a','Le maire de Valmore a annoncé lundi que 12 maisons avaient été détruites par la crue.
Il y a deux blessés.','1111111111111111111111111111111111111111111111111111111111111111','fr','2031-05-05','given','','2031-05-07T08:00:00+00:00','','','',0,'[]','[]','7f319e40e0e4bd96969ccb6ad77d665cb89fd74df63abdfb6775f1e9e33ad439','bc37551cb7f3e23da56b3f72325846cc47ff46e8e9c1f7d557395ba879d34bcf');
CREATE TABLE bundle (
	home VARCHAR NOT NULL, 
	file VARCHAR NOT NULL, 
	PRIMARY KEY (home)
);
INSERT INTO "bundle" VALUES('a','a');
CREATE TABLE decision (
	n INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	body TEXT NOT NULL, 
	undone_at VARCHAR, 
	undone_by VARCHAR, 
	PRIMARY KEY (n), 
	UNIQUE (id)
);
INSERT INTO "decision" VALUES(1,'1744ccb30361c8d2','{"id":"1744ccb30361c8d2","kind":"same","a":[{"key":"org/valmor","form":"Valmore"}],"b":[{"key":"loc/valmor","form":"Valmore"}],"who":"desk","at":"2026-11-22T13:08:26.039124+00:00"}','2026-11-22T13:08:26.143929+00:00','desk');
CREATE TABLE fact (
	"key" VARCHAR NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "fact" VALUES('schema','1');
INSERT INTO "fact" VALUES('filed_by','251dc59484c63f07');
INSERT INTO "fact" VALUES('applied','[]');
INSERT INTO "fact" VALUES('settled','');
INSERT INTO "fact" VALUES('relations_seal','050e7f37d2bc37963368fafd33f50b862730c2b02bf761614d9b1c7d4cd1af32');
INSERT INTO "fact" VALUES('related','bc37551cb7f3e23da56b3f72325846cc47ff46e8e9c1f7d557395ba879d34bcf');
INSERT INTO "fact" VALUES('noticed','4');
CREATE TABLE feature (
	"key" BIGINT NOT NULL, 
	day INTEGER NOT NULL, 
	num BIGINT NOT NULL, 
	weight FLOAT NOT NULL, 
	PRIMARY KEY ("key", day, num)
)
 WITHOUT ROWID

;
INSERT INTO "feature" VALUES(78820469869101362,741568,1990504940103243277,0.571942);
INSERT INTO "feature" VALUES(78820469869101362,741568,4771952420932724666,0.27397);
INSERT INTO "feature" VALUES(606076184019674337,741568,4771952420932724666,0.456617);
INSERT INTO "feature" VALUES(658687824678499839,741568,1990504940103243277,0.514748);
INSERT INTO "feature" VALUES(1672154755867693266,741567,2340832890917691671,0.070531);
INSERT INTO "feature" VALUES(1811220225617731205,741567,2340832890917691671,0.487738);
INSERT INTO "feature" VALUES(1811220225617731205,741568,1990504940103243277,0.351965);
INSERT INTO "feature" VALUES(1811220225617731205,741568,4771952420932724666,0.305381);
INSERT INTO "feature" VALUES(2054529496715143056,741568,1990504940103243277,0.319224);
INSERT INTO "feature" VALUES(2301802777530377797,741568,1990504940103243277,0.137266);
INSERT INTO "feature" VALUES(2301802777530377797,741568,4771952420932724666,0.127287);
INSERT INTO "feature" VALUES(2455560851852880156,741567,2340832890917691671,0.256062);
INSERT INTO "feature" VALUES(2455560851852880156,741568,4771952420932724666,0.160325);
INSERT INTO "feature" VALUES(2729140870014832598,741567,2340832890917691671,0.34055);
INSERT INTO "feature" VALUES(2729140870014832598,741568,4771952420932724666,0.360487);
INSERT INTO "feature" VALUES(3539640315920939010,741568,4771952420932724666,0.494277);
INSERT INTO "feature" VALUES(3864961328740269200,741567,2340832890917691671,0.309425);
INSERT INTO "feature" VALUES(3864961328740269200,741568,4771952420932724666,0.319632);
INSERT INTO "feature" VALUES(4633596936930421521,741567,2340832890917691671,0.282123);
INSERT INTO "feature" VALUES(5267631325938069289,741567,2340832890917691671,0.085138);
INSERT INTO "feature" VALUES(5267631325938069289,741568,4771952420932724666,0.090122);
INSERT INTO "feature" VALUES(5315080243446271721,741568,1990504940103243277,0.384858);
INSERT INTO "feature" VALUES(5452950454697281214,741567,2340832890917691671,0.528009);
INSERT INTO "feature" VALUES(7442518938043369566,741567,2340832890917691671,0.313206);
INSERT INTO "feature" VALUES(7442518938043369566,741568,4771952420932724666,0.311014);
INSERT INTO "feature" VALUES(8268954351109906744,741568,1990504940103243277,0.123188);
INSERT INTO "feature" VALUES(8754094570544327183,741567,2340832890917691671,0.126955);
CREATE TABLE identity (
	"key" VARCHAR NOT NULL, 
	entity VARCHAR NOT NULL, 
	founder BOOLEAN NOT NULL, 
	since VARCHAR NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "identity" VALUES('story/a','c47028b49d027c27',1,'2026-11-22T13:08:16.507966+00:00');
INSERT INTO "identity" VALUES('loc/valmor','f1d99d21aba3beb1',1,'2026-11-22T13:08:16.507966+00:00');
INSERT INTO "identity" VALUES('story/b','c47028b49d027c27',0,'2026-11-22T13:08:16.963459+00:00');
INSERT INTO "identity" VALUES('story/c','c47028b49d027c27',0,'2026-11-22T13:08:25.160682+00:00');
INSERT INTO "identity" VALUES('org/valmor','370c6b7e4d01ceac',1,'2026-11-22T13:08:26.159537+00:00');
CREATE TABLE mark (
	"key" BIGINT NOT NULL, 
	day INTEGER NOT NULL, 
	num BIGINT NOT NULL, 
	paragraph INTEGER NOT NULL, 
	PRIMARY KEY ("key", day, num, paragraph)
)
 WITHOUT ROWID

;
INSERT INTO "mark" VALUES(841279797127460246,741568,1990504940103243277,0);
INSERT INTO "mark" VALUES(1547518535055265311,741568,1990504940103243277,0);
INSERT INTO "mark" VALUES(1794168002452663115,741567,2340832890917691671,0);
INSERT INTO "mark" VALUES(1794168002452663115,741568,4771952420932724666,0);
INSERT INTO "mark" VALUES(3115967573173592241,741568,4771952420932724666,0);
INSERT INTO "mark" VALUES(3143857745233413986,741568,4771952420932724666,0);
INSERT INTO "mark" VALUES(3176720639330700762,741567,2340832890917691671,0);
INSERT INTO "mark" VALUES(3901737818865119621,741568,1990504940103243277,0);
INSERT INTO "mark" VALUES(4211895552619613902,741567,2340832890917691671,0);
INSERT INTO "mark" VALUES(5377559548628641918,741568,4771952420932724666,0);
INSERT INTO "mark" VALUES(7062118643029196001,741568,4771952420932724666,0);
INSERT INTO "mark" VALUES(7469367895526920697,741568,1990504940103243277,0);
CREATE TABLE parse (
	"key" VARCHAR NOT NULL, 
	tokens BLOB NOT NULL, 
	PRIMARY KEY ("key")
);
CREATE TABLE partner (
	doc VARCHAR NOT NULL, 
	body BLOB NOT NULL, 
	PRIMARY KEY (doc)
);
CREATE TABLE record (
	version VARCHAR NOT NULL, 
	n INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	layer VARCHAR NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (version, n), 
	FOREIGN KEY(version) REFERENCES article (version) ON DELETE CASCADE
);
INSERT INTO "record" VALUES('9751e21adefc4fb8',0,'dc5eff62f61e62ab','block','{"layer":"block","start":0,"end":85,"text":"Le maire de Valmore a annoncé lundi que 12 maisons avaient été détruites par la crue.","id":"dc5eff62f61e62ab","maker":"blocks/2/fr-fafc1dd47e78","kind":"body"}');
INSERT INTO "record" VALUES('9751e21adefc4fb8',1,'1def3af87c4584ad','time','{"layer":"time","start":30,"end":35,"text":"lundi","id":"1def3af87c4584ad","maker":"times/3/fr-fafc1dd47e78","type":"DATE","value":"2031-05-05","earliest":"2031-05-05T00:00","latest":"2031-05-06T00:00","grain":"day"}');
INSERT INTO "record" VALUES('9751e21adefc4fb8',2,'2742a6eed5940be7','name','{"layer":"name","start":12,"end":19,"text":"Valmore","id":"2742a6eed5940be7","maker":"names/1/fr-fafc1dd47e78","type":"LOC","entity":"loc/valmor"}');
INSERT INTO "record" VALUES('9751e21adefc4fb8',3,'37e8fd1400d433b4','claim','{"layer":"claim","start":40,"end":84,"text":"12 maisons avaient été détruites par la crue","id":"37e8fd1400d433b4","maker":"claims/3/fr-fafc1dd47e78","source":[0,19],"cue":[20,29],"form":"indirect","act":"assert","polarity":"+","certainty":"certain"}');
INSERT INTO "record" VALUES('9751e21adefc4fb8',4,'f4a71e5a0f49236e','event','{"layer":"event","start":63,"end":72,"text":"détruites","id":"f4a71e5a0f49236e","maker":"events/3/fr-fafc1dd47e78","type":"damage","status":"claimed","target":[40,50],"time_span":[30,35],"claims":["37e8fd1400d433b4"]}');
INSERT INTO "record" VALUES('9751e21adefc4fb8',5,'6da51bc9779bd27f','event','{"layer":"event","start":80,"end":84,"text":"crue","id":"6da51bc9779bd27f","maker":"events/3/fr-fafc1dd47e78","type":"other","status":"claimed","claims":["37e8fd1400d433b4"]}');
INSERT INTO "record" VALUES('9751e21adefc4fb8',6,'0558e6891589e233','figure','{"layer":"figure","start":40,"end":42,"text":"12","id":"0558e6891589e233","maker":"figures/1/fr-fafc1dd47e78","low":12,"high":12,"counts":["maison"],"measure":"destroyed","claims":["37e8fd1400d433b4"],"event":"f4a71e5a0f49236e"}');
INSERT INTO "record" VALUES('1bc8281884cc5626',0,'fc944fd90db8c950','block','{"layer":"block","start":0,"end":93,"text":"Les secours parlent mardi de 15 maisons détruites par la crue à Valmore, selon la préfecture.","id":"fc944fd90db8c950","maker":"blocks/2/fr-fafc1dd47e78","kind":"body"}');
INSERT INTO "record" VALUES('1bc8281884cc5626',1,'4e114aaf3176be4f','time','{"layer":"time","start":20,"end":25,"text":"mardi","id":"4e114aaf3176be4f","maker":"times/3/fr-fafc1dd47e78","type":"DATE","value":"2031-05-06","earliest":"2031-05-06T00:00","latest":"2031-05-07T00:00","grain":"day"}');
INSERT INTO "record" VALUES('1bc8281884cc5626',2,'30ca9af0c7287f4b','name','{"layer":"name","start":64,"end":71,"text":"Valmore","id":"30ca9af0c7287f4b","maker":"names/1/fr-fafc1dd47e78","type":"LOC","entity":"loc/valmor"}');
INSERT INTO "record" VALUES('1bc8281884cc5626',3,'c22e8cdb679e1ff0','claim','{"layer":"claim","start":0,"end":71,"text":"Les secours parlent mardi de 15 maisons détruites par la crue à Valmore","id":"c22e8cdb679e1ff0","maker":"claims/3/fr-fafc1dd47e78","source":[79,92],"cue":[73,78],"form":"indirect","act":"assert","polarity":"+","certainty":"certain"}');
INSERT INTO "record" VALUES('1bc8281884cc5626',4,'26fb72b3ec436921','claim','{"layer":"claim","start":29,"end":71,"text":"15 maisons détruites par la crue à Valmore","id":"26fb72b3ec436921","maker":"claims/3/fr-fafc1dd47e78","source":[0,11],"cue":[12,19],"form":"indirect","act":"assert","polarity":"+","certainty":"certain","within":"c22e8cdb679e1ff0"}');
INSERT INTO "record" VALUES('1bc8281884cc5626',5,'839d59fec6ea01ad','event','{"layer":"event","start":40,"end":49,"text":"détruites","id":"839d59fec6ea01ad","maker":"events/3/fr-fafc1dd47e78","type":"damage","status":"claimed","target":[29,39],"place":[64,71],"time_span":[20,25],"claims":["c22e8cdb679e1ff0","26fb72b3ec436921"]}');
INSERT INTO "record" VALUES('1bc8281884cc5626',6,'9b194f4c7f2d0de5','event','{"layer":"event","start":57,"end":61,"text":"crue","id":"9b194f4c7f2d0de5","maker":"events/3/fr-fafc1dd47e78","type":"other","status":"claimed","place":[64,71],"claims":["c22e8cdb679e1ff0","26fb72b3ec436921"]}');
INSERT INTO "record" VALUES('1bc8281884cc5626',7,'7a8e6272128cb39e','figure','{"layer":"figure","start":29,"end":31,"text":"15","id":"7a8e6272128cb39e","maker":"figures/1/fr-fafc1dd47e78","low":15,"high":15,"counts":["maison"],"measure":"destroyed","claims":["26fb72b3ec436921"],"event":"839d59fec6ea01ad"}');
INSERT INTO "record" VALUES('bc35e4a576d29be3',0,'b1287899ac4ec944','block','{"layer":"block","start":0,"end":68,"text":"The prefect denied on Tuesday that the dam above Valmore had broken.","id":"b1287899ac4ec944","maker":"blocks/2/en-3abb377f3d55","kind":"body"}');
INSERT INTO "record" VALUES('bc35e4a576d29be3',1,'05169aac4d3eb358','time','{"layer":"time","start":22,"end":29,"text":"Tuesday","id":"05169aac4d3eb358","maker":"times/3/en-3abb377f3d55","type":"DATE","value":"2031-05-06","earliest":"2031-05-06T00:00","latest":"2031-05-07T00:00","grain":"day"}');
INSERT INTO "record" VALUES('bc35e4a576d29be3',2,'1992d90c2b9161fa','name','{"layer":"name","start":49,"end":56,"text":"Valmore","id":"1992d90c2b9161fa","maker":"names/1/en-3abb377f3d55","type":"ORG","entity":"org/valmor"}');
INSERT INTO "record" VALUES('bc35e4a576d29be3',3,'7cf7466ca7c8ae4a','claim','{"layer":"claim","start":35,"end":67,"text":"the dam above Valmore had broken","id":"7cf7466ca7c8ae4a","maker":"claims/3/en-3abb377f3d55","source":[0,11],"cue":[12,18],"form":"indirect","act":"deny","polarity":"+","certainty":"certain"}');
INSERT INTO "record" VALUES('3cd508b3bbf9ee15',0,'bfce26e6ac39f73d','block','{"layer":"block","start":0,"end":85,"text":"Le maire de Valmore a annoncé lundi que 12 maisons avaient été détruites par la crue.","id":"bfce26e6ac39f73d","maker":"blocks/2/fr-fafc1dd47e78","kind":"body"}');
INSERT INTO "record" VALUES('3cd508b3bbf9ee15',1,'232f3459d42c3b49','block','{"layer":"block","start":86,"end":106,"text":"Il y a deux blessés.","id":"232f3459d42c3b49","maker":"blocks/2/fr-fafc1dd47e78","kind":"body"}');
INSERT INTO "record" VALUES('3cd508b3bbf9ee15',2,'ba1a1c1a5824d970','time','{"layer":"time","start":30,"end":35,"text":"lundi","id":"ba1a1c1a5824d970","maker":"times/3/fr-fafc1dd47e78","type":"DATE","value":"2031-05-05","earliest":"2031-05-05T00:00","latest":"2031-05-06T00:00","grain":"day"}');
INSERT INTO "record" VALUES('3cd508b3bbf9ee15',3,'a8cf26ccebaf75a6','name','{"layer":"name","start":12,"end":19,"text":"Valmore","id":"a8cf26ccebaf75a6","maker":"names/1/fr-fafc1dd47e78","type":"LOC","entity":"loc/valmor"}');
INSERT INTO "record" VALUES('3cd508b3bbf9ee15',4,'24eda39b4b158bfa','claim','{"layer":"claim","start":40,"end":84,"text":"12 maisons avaient été détruites par la crue","id":"24eda39b4b158bfa","maker":"claims/3/fr-fafc1dd47e78","source":[0,19],"cue":[20,29],"form":"indirect","act":"assert","polarity":"+","certainty":"certain"}');
INSERT INTO "record" VALUES('3cd508b3bbf9ee15',5,'4c4c2ccda152197c','event','{"layer":"event","start":63,"end":72,"text":"détruites","id":"4c4c2ccda152197c","maker":"events/3/fr-fafc1dd47e78","type":"damage","status":"claimed","target":[40,50],"time_span":[30,35],"claims":["24eda39b4b158bfa"]}');
INSERT INTO "record" VALUES('3cd508b3bbf9ee15',6,'91f23080b7582cfd','event','{"layer":"event","start":80,"end":84,"text":"crue","id":"91f23080b7582cfd","maker":"events/3/fr-fafc1dd47e78","type":"other","status":"claimed","claims":["24eda39b4b158bfa"]}');
INSERT INTO "record" VALUES('3cd508b3bbf9ee15',7,'5a03d4878ff2b829','event','{"layer":"event","start":98,"end":105,"text":"blessés","id":"5a03d4878ff2b829","maker":"events/3/fr-fafc1dd47e78","type":"casualties","status":"actual","target":[93,105]}');
INSERT INTO "record" VALUES('3cd508b3bbf9ee15',8,'87f95f7dd0d1c241','figure','{"layer":"figure","start":40,"end":42,"text":"12","id":"87f95f7dd0d1c241","maker":"figures/1/fr-fafc1dd47e78","low":12,"high":12,"counts":["maison"],"measure":"destroyed","claims":["24eda39b4b158bfa"],"event":"4c4c2ccda152197c"}');
INSERT INTO "record" VALUES('3cd508b3bbf9ee15',9,'920887d069a36a7d','figure','{"layer":"figure","start":93,"end":97,"text":"deux","id":"920887d069a36a7d","maker":"figures/1/fr-fafc1dd47e78","low":2,"high":2,"counts":["blessé"],"measure":"wounded","event":"5a03d4878ff2b829"}');
CREATE TABLE redirect (
	old VARCHAR NOT NULL, 
	new VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	PRIMARY KEY (old)
);
CREATE TABLE relation (
	n INTEGER NOT NULL, 
	part VARCHAR NOT NULL, 
	layer VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (n)
);
INSERT INTO "relation" VALUES(7,'file:a','happening','df4db291866b0b90','{"layer":"happening","id":"df4db291866b0b90","type":"other","mentions":[["b","9b194f4c7f2d0de5"]],"place":"f1d99d21aba3beb1"}');
INSERT INTO "relation" VALUES(8,'file:a','happening','02f32ae3e6d938e8','{"layer":"happening","id":"02f32ae3e6d938e8","type":"damage","mentions":[["b","839d59fec6ea01ad"]],"place":"f1d99d21aba3beb1","earliest":"2031-05-06T00:00","latest":"2031-05-07T00:00"}');
INSERT INTO "relation" VALUES(9,'file:a','statement','c9443aaebe8c5d25','{"layer":"statement","id":"c9443aaebe8c5d25","claims":[["b","26fb72b3ec436921"]],"shown":["b","26fb72b3ec436921"],"act":"assert","polarity":"+","first_sources":["Les secours"]}');
INSERT INTO "relation" VALUES(10,'file:a','statement','661124165c840221','{"layer":"statement","id":"661124165c840221","claims":[["b","c22e8cdb679e1ff0"]],"shown":["b","c22e8cdb679e1ff0"],"act":"assert","polarity":"+","first_sources":["la préfecture"]}');
INSERT INTO "relation" VALUES(11,'file:a','question','fd3bbb49b4f8b0f7','{"layer":"question","id":"fd3bbb49b4f8b0f7","measure":"destroyed","figures":[["b","7a8e6272128cb39e"]],"happening":"02f32ae3e6d938e8"}');
INSERT INTO "relation" VALUES(13,'file:a','statement','6b29450c3e87a84f','{"layer":"statement","id":"6b29450c3e87a84f","claims":[["c","7cf7466ca7c8ae4a"]],"shown":["c","7cf7466ca7c8ae4a"],"act":"deny","polarity":"+","first_sources":["The prefect"]}');
INSERT INTO "relation" VALUES(15,'file:a','happening','2cb7306449424d7b','{"layer":"happening","id":"2cb7306449424d7b","type":"casualties","mentions":[["a","5a03d4878ff2b829"]]}');
INSERT INTO "relation" VALUES(16,'file:a','happening','aa551533adaca147','{"layer":"happening","id":"aa551533adaca147","type":"other","mentions":[["a","91f23080b7582cfd"]]}');
INSERT INTO "relation" VALUES(17,'file:a','happening','5ddd2568a3424bb0','{"layer":"happening","id":"5ddd2568a3424bb0","type":"damage","mentions":[["a","4c4c2ccda152197c"]],"earliest":"2031-05-05T00:00","latest":"2031-05-06T00:00"}');
INSERT INTO "relation" VALUES(18,'file:a','statement','8256dcc924abf577','{"layer":"statement","id":"8256dcc924abf577","claims":[["a","24eda39b4b158bfa"]],"shown":["a","24eda39b4b158bfa"],"act":"assert","polarity":"+","first_sources":["Le maire de Valmore"]}');
INSERT INTO "relation" VALUES(19,'file:a','question','85b4237d6ae34456','{"layer":"question","id":"85b4237d6ae34456","measure":"destroyed","figures":[["a","87f95f7dd0d1c241"]],"happening":"5ddd2568a3424bb0"}');
INSERT INTO "relation" VALUES(20,'file:a','question','8cbc668853089493','{"layer":"question","id":"8cbc668853089493","measure":"wounded","figures":[["a","920887d069a36a7d"]]}');
INSERT INTO "relation" VALUES(21,'file:a','story','c47028b49d027c27','{"layer":"story","id":"c47028b49d027c27","story":"les-secours-parlent-mardi-de-15-maisons-c470","docs":["a","b","c"],"title":"Les secours parlent mardi de 15 maisons détruites par la crue à Valmore, selon la préfecture","title_from":["b",0,92],"happenings":["02f32ae3e6d938e8","2cb7306449424d7b","5ddd2568a3424bb0","aa551533adaca147","df4db291866b0b90"],"texts":3}');
INSERT INTO "relation" VALUES(22,'file:a','entity','370c6b7e4d01ceac','{"layer":"entity","id":"370c6b7e4d01ceac","slug":"org/valmore","type":"ORG","label":"Valmore","forms":[["Valmore",1]],"referents":[["c","org/valmor"]],"mentions":[["c","1992d90c2b9161fa"]],"keys":["org/valmor"]}');
INSERT INTO "relation" VALUES(23,'file:a','entity','f1d99d21aba3beb1','{"layer":"entity","id":"f1d99d21aba3beb1","slug":"loc/valmore","type":"LOC","label":"Valmore","forms":[["Valmore",2]],"referents":[["a","loc/valmor"],["b","loc/valmor"]],"mentions":[["a","a8cf26ccebaf75a6"],["b","30ca9af0c7287f4b"]],"keys":["loc/valmor"]}');
CREATE TABLE review (
	n INTEGER NOT NULL, 
	doc VARCHAR NOT NULL, 
	record VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (n)
);
INSERT INTO "review" VALUES(1,'a','bfce26e6ac39f73d','2031-05-08T09:00:00.000000+00:00','{"doc":"a","record":"bfce26e6ac39f73d","layer":"figure","verdict":"right","who":"desk","at":"2031-05-08T09:00:00.000000+00:00","quote":"12"}');
CREATE TABLE sent (
	target VARCHAR NOT NULL, 
	alert VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	PRIMARY KEY (target, alert)
);
CREATE TABLE summary (
	num BIGINT NOT NULL, 
	doc VARCHAR NOT NULL, 
	version VARCHAR NOT NULL, 
	low INTEGER NOT NULL, 
	high INTEGER NOT NULL, 
	long BOOLEAN NOT NULL, 
	body BLOB NOT NULL, 
	home VARCHAR, 
	PRIMARY KEY (num), 
	UNIQUE (doc)
);
INSERT INTO "summary" VALUES(4771952420932724666,'b','1bc8281884cc5626',741568,741568,0,X'8AA3646F63A162A46C616E67A26672A97075626C6973686564AA323033312D30352D3036A36C6F77CE000B50C0A468696768CE000B50C0A7776569676874739A93A3646179AA323033312D30352D3036CB3FC04AF0BF1A5CA393A56576656E74A664616D616765CB3FB7123C42A66DBD93A5706C616365AA6C6F632F76616C6D6F72CB3FC4858793DD97F693A4776F7264A463727565CB3FD474D9C6B0531A93A4776F7264A6646574727569CB3FD7123810E8859093A4776F7264A66D6169736F6ECB3FD3E7A743A647FE93A4776F7264A67061726C656ECB3FDD393682730C6793A4776F7264A6707265666563CB3FD188B97785729B93A4776F7264A67365636F7572CB3FDFA23BFF8A8F3B93A4776F7264A676616C6D6F72CB3FD38B5CBFF47736A4746F6C6490A674727563657300A8706173736167657382AA706172616772617068739192005DA6766F6963657390A86167656E6369657390','a');
INSERT INTO "summary" VALUES(1990504940103243277,'c','bc35e4a576d29be3',741568,741568,0,X'8AA3646F63A163A46C616E67A2656EA97075626C6973686564AA323033312D30352D3036A36C6F77CE000B50C0A468696768CE000B50C0A7776569676874739793A4626F6479AA6F72672F76616C6D6F72CB3FBF893FAF42784B93A3646179AA323033312D30352D3036CB3FC191EEAA6D267493A4776F7264A662726F6B656ECB3FD46E2A80064A9D93A4776F7264A364616DCB3FD8A18372E6A76993A4776F7264A664656E696564CB3FE078D0CC35CE1893A4776F7264A6707265666563CB3FE24D594F26AEC093A4776F7264A676616C6D6F72CB3FD6869835158B82A4746F6C6490A674727563657300A8706173736167657382AA7061726167726170687391920044A6766F6963657390A86167656E6369657390','a');
INSERT INTO "summary" VALUES(2340832890917691671,'a','3cd508b3bbf9ee15',741567,741567,0,X'8AA3646F63A161A46C616E67A26672A97075626C6973686564AA323033312D30352D3035A36C6F77CE000B50BFA468696768CE000B50BFA7776569676874739A93A3646179AA323033312D30352D3035CB3FC0400FBA8826AB93A56576656E74AA63617375616C74696573CB3FB20E51D25AAB4793A56576656E74A664616D616765CB3FB5CB9A9DA597D593A5706C616365AA6C6F632F76616C6D6F72CB3FD06351DEEFE50093A4776F7264A6626C65737365CB3FD20E4DA09CC31A93A4776F7264A463727565CB3FD3CD9E83E425AF93A4776F7264A6646574727569CB3FD5CB923A29C77A93A4776F7264A56D61697265CB3FE0E573215FCC1893A4776F7264A66D6169736F6ECB3FD40B912DBA4D6E93A4776F7264A676616C6D6F72CB3FDF371971C10D7CA4746F6C6490A674727563657300A8706173736167657382AA706172616772617068739292005592566AA6766F6963657390A86167656E6369657390','a');
CREATE TABLE tie (
	a VARCHAR NOT NULL, 
	b VARCHAR NOT NULL, 
	strength INTEGER NOT NULL, 
	PRIMARY KEY (a, b)
);
CREATE TABLE told (
	"key" BIGINT NOT NULL, 
	num BIGINT NOT NULL, 
	PRIMARY KEY ("key", num)
)
 WITHOUT ROWID

;
CREATE INDEX ix_article_id ON article (id);
CREATE INDEX relation_layer_id ON relation (layer, id);
CREATE INDEX ix_relation_part ON relation (part);
CREATE INDEX ix_summary_home ON summary (home);
CREATE INDEX ix_bundle_file ON bundle (file);
CREATE INDEX ix_identity_entity ON identity (entity);
CREATE INDEX ix_review_doc ON review (doc);
CREATE INDEX ix_alert_doc ON alert (doc);
CREATE INDEX ix_alert_at ON alert (at);
CREATE INDEX ix_record_id ON record (id);
CREATE INDEX ix_about_n ON about (n);
CREATE INDEX ix_arrival_at ON arrival (at);
COMMIT;
