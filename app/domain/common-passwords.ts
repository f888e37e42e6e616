/**
 * Passwords that many people choose, in lower case: whole ones of ten characters and more, and words that become one when
 * digits or signs are added. From the list of @zxcvbn-ts/language-common 4.1.3 (MIT), cut to what the rules of
 * `password.ts` do not refuse by themselves; the last block is ours, for Japan.
 */
export const COMMON_WHOLE: ReadonlySet<string> = new Set(`
0000000000d 0000000000o 000777fffa 01telemike01 050605rostik 0987654321a 0cdh0v99ue 0o9i8u7y6t 1029384756q 10293847qp 1111111111zz 11111aaaaa 111222333a 123123123a 123123123q 123321qweewq
1234554321a 1234554321q 123456789* 123456789. 1234567890a 1234567890d 1234567890l 1234567890m 1234567890o 1234567890p 1234567890q 1234567890qaz 1234567890qw 1234567890qwe 1234567890qwerty
1234567890s 1234567890w 1234567890z 1234567890zzz 123456789a 123456789aa 123456789aaa 123456789abc 123456789as 123456789asd 123456789b 123456789c 123456789d 123456789e 123456789f 123456789g
123456789i 123456789j 123456789k 123456789l 123456789m 123456789n 123456789o 123456789p 123456789q 123456789qaz 123456789qq 123456789qqq 123456789qw 123456789qwe 123456789qwer
123456789qwerty 123456789r 123456789s 123456789t 123456789v 123456789w 123456789x 123456789y 123456789z 123456789zx 123456789zxc 123456789zz 12345678qwe 1234567qwertyu 123456qwer 12345abcde
12345trewq 12345zxcvb 1234qwerasdf 1234qwerasdfzxcv 123654789a 123ewqasdcxz 123hfjdk147 123qweasdzx 12andriy14 17171717aa 192837465q 1958proman 1986irachka 19952009sa 19960610ilja 19mtpgam19
1a2a3a4a5a 1a2a3a4a5a6a 1a2b3c4d5e 1pass1page 1q2q3q4q5q 1q3e5t7u9o 1qa2ws3ed4rf 1qa2ws3ed4rf5tg 1qaz2wsx3edc4rfv 1qazxsw23edcvfr4 1qwertyuiop 1z2x3c4v5b 20162016up 23176djivanfros
23wkoa0fp78dk 2606642yra 26429vadim 2dumb2live 32615948worms 38gjgeuftd 3f3fpht7op 3rjs1la7qe 3syqo15hil 413276191q 41d8cd98f00b 4815162342a 4815162342lf 4815162342lost 4815162342q
4904s677075 5858855abc 59382113kevinp 5hsu75kpot 5t4r3e2w1q 6215mila6215 671fsa75yt 7777755102q 789456123a 789456123q 7elephants 7jokx7b9du 7ugd5hip2j 80070633pc 80361665abc 8096468644q
87654321vv 87e5nclizry 89063032220m 89231243658s 89876065093rax 89semtsriuty 8phrowz622 8phrowz624 9293709b13 987654321a 987654321g 987654321z 989244342a 999111999q 99strenght 9z5ve9rrcz
a123456789 a1234567890 a1a2a3a4a5 a1b2c3d4e5 a3eilm2s2y a789456123 a987654321 aa123456789 abc123456789 abcd123456 abcde12345 abercrombie abracadabra abrakadabra absolutely accountbloc
accounting activation ad12345678 admin18533362 administrator adrenaline aezakmi123 afghanistan afrika2002 ajcuivd289 ajnjuhfabz aksjdlasdakj89879 alejandro1 aleksander aleksandra alessandra
alessandro alexandra1 alexandria alexsander alinaalina alisaalisa alkanaft123 allahuakbar alpha135792468 alphabravo alphaomega alternativa alternative am4h39d8nh amadeusptfcor ambassador
amsterdam1 anastasija anastasiya anderlecht andrewjackie angelangel angelochek angelofwar antananarivu antichrist anytimetoday apocalypse apokalipsis applejuice applesauce armageddon
artemartem astalavista astonmartin astonvilla astra334566 auckland2010 australia1 avrillavigne awdrgyjilp awo8rx3wa8t azerbaijan azerbaycan azertyuiop azsxdcfvgb azwebitalia babemagnet
badiman28200 badnaamhere bangladesh barbarossa basketball basketball1 bassmaster battlefield battlestar beautiful1 belladonna berezuckiy bernadette bestfriend bhrh0h2oof6xbqjeh biblioteka
bigbrother birmingham blackadder blackberry blackdragon blackhawks blackheart blackhorse blacklabel blackmetal blacksheep blacksonblon blackwhite bladerunner blingbling blitzkrieg
bltynbabrfwbz bluedevils bluedragon bmvm3e46gtr bondarenko boredboi4u bot_schokk boy1cool23 boy4u2ownnyc bpgjldsgjldthnf braveheart breakdance brucewayne bujhmbujhm bullnuts2003 bullwinkle
bushmaster businessbabe butterbean bvncnbnvvbn byajhvfnbrf c43dae874d c43qpul5rz c7e4f8ezqh calculator california california1 callofduty candyeater candyfinger cannondale casablanca
caterpillar cegthgegth cegthgfhjkm cfkfvfylhf cghfdjxybr cgtwbfkbcn challenger charleston charlotte1 cheburashka cheerleader cheerleaers cheeseburger cheesecake chessmaster chesterfield
chickenwing101 chinchilla chocolate1 chrisbrown christiaan christophe christopher christopher1 chupakabra cincinnati cinderella civilization cjdthitycndj clubpenguin cnfc35762209 cnfnbcnbrf
cnjvfnjkju collection combat123654 comicbookdb comicbooks commercial compatible computador computadora confidence configuratio connection constantin constantine construction contortionist
contrasena controller coorslight copenhagen corperfmonsy corporation cosmopolitan counterstrike crazyhorse crepusculo cristopher ctdfcnjgjkm cvzefh1gkc cxfcnkbdfz cxfcnmttcnm cyberonline
cyecvevhbr cyjdsvujljv cytuehjxrf daddysgirl darkknight darthvader dashadasha dbrnjhjdbx dbrnjhjdyf dctvcjcfnm dctvghbdtn deeppurple deepthroat deerhunter deltaforce demolition department
depechemode description desperados destruction deutschland devastator devildriver devilmaycry devilmaycry4 dfktynbyrf dhjnvytyjub dictionary difference digitalprodu disneyland djljghjdjl
dkflbdjcnjr dkflbvbhjdbx dkflbvbhjdyf dmiller12as dodgeviper doggystyle dogphil3650 domainlock2005 domination domodedovo donaldduck donkeykong dragonball dragonballz dragonfire dragonforce
dreamonline drumandbass dtynbkznjh dunnowho89 duranduran e6pz84qfcj edwardcullen efbcapa201 eghfdktybt ejaculation ekaterina20 electronic electronics elsalvador engineering enterprise
entertainment escaflowne evanescence evangelion everything excellence experience experienced eybdthcbntn fallenangel falloutboy fartripper fatima753357 fcbarcelona fcnfkfdbcnf fdnjhbpfwbz
felicidade fenerbahce fgjkbyfhbz fgjrfkbgcbc fighting54 finalfantasy findaupair007 fiorentina firefighter firestarter firstone123 fishfinger fitzgerald fkg7h4f3v6 fkmnthyfnbdf fktrcfylhf
fktrcfylhjd fktrcfylhjdbx fktrcfylhjdf fktrcfylhjdyf fktrcfylth flintstone flvbybcnhfnjh foreveryoung forgetmenot formatters foundation frankzappa frederiksberg freelancer freyfvfnfnf
friendship friendster froinlaven fromvermine frozenfish fufnfrhbcnb fyfnjkmtdbx fyfnjkmtdyf fynfyfyfhbde galatasara galatasaray gamemaster gangbanged gatekeeper gblfhfcbyf gearsofwar
generation georgetown gerasimova gettysburg gfhfcjkmrf gfhfktkjuhfv gfhfvgfvgfv gfhjkmgfhjkm ghbdtndctv ghbdtnghbdtn ghbdtngjrf ghbdtnrfrltkf ghhh47hj764 ghhh47hj7649 ghjatccbjyfk
ghjcnbnenrf ghjcnbvtyz ghjcnjabkz ghjcnjgbpltw ghjcnjgfhjkm ghjcnjghjcnj ghjcnjnfr1 ghjcnjqgfhjkm ghjcnjrdfibyj ghjcnjrdfif ghjgfufylf ghjnbdjcnjzybt ghjnbdjufp ghjrehfnehf ghjrjgtyrj
ghjuhfvbcn ghjuhfvvbcn ghostrecon ghostrider ghtdtlvtldtl girlfriend gjdtkbntkm gjhjlfcjqrb gjikbdctyf gjkysqgbpltw gjyjvfhtdf gjytltkmybr godisgreat godzils4s7 goldfinger goodfellas
goodmorning gordolee85 grandmaster grandorgue grasshopper greedisgood greengreen greenhouse greenlantern grimreaper groupd2013 gthtcnhjqrf gthtrfnbgjkt gthtrhtcnjr gtnhjpfdjlcr guitarhero
gundamwing gunslinger gxlmxbewym gy3yt2rgls h72sfibbnl hallelujah hammerhead hammertime happyhappy hardwareid harrypotter hd764nw5d7e1vb1 hd764nw5d7e1vbv headhunter heavymetal hedimaptfcor
helicopter hellohello hellokitty hellothere helloworld hellraiser highlander hijodeputa hocuspocus hollister1 hollywood1 hondacivic hondas2000 horsepower housemusic housewifes hshfd4n279
htubcnhfwbz hurricanes hypnodanny iaapptfcor iamawesome iampurehaha2 iddqdiddqd iddqdidkfa idontknow1 illuminati ilovegirls ilovejesus ilovemusic ilovemyfamily ilovemylife ilovemyself
imagination imjakie123 impossible incredible independent infalicall information ingodwetrust insertions installdevic installsqlst installutil intelinside intelligence interacial intercourse
intermilan international ipo54tj45uy856 ironmaiden iseedeadpeople itsasecret ivanivanov j3qq4h7h2v jackdaniels jackhammer jacqueline jamesbond007 jamesjames jediknight jedimaster jessejames
jesuschris jesuschrist jesusfreak jesusislord jesussaves jetbalance jigei743ks jimandanne jlbyjxtcndj jokerjoker josephphone7 juancarlos juggernaut justforfun justinbiebe justinbieber
jxfhjdfirf k123456789 kalifornia kaliningrad kamehameha kamelia2011 kanmax1994 katyakatya kazakhstan kbnthfnehf kd189nlcih kensington kingfisher kittykitty kl?benhavn klapaucius klubnichka
knickerless knucklehead kobebryant konovalova konstantin kozanostra krasavchik kravchenko kristopher kryptonite ktjynsq40147 kudos4ever kurtcobain kwiatuszek ladyffesta lamborghini
lamborgini leavemealone ledzeppelin left4dead2 letmeinnow lfplhfgthvf lhbjkjubz2957704 lifeisgood lighthouse lightsaber limpbizkit lineage123 linkinpark lissalissa littlebear littlegirl
littleminge liverpoolfc livestrong lkjhgfdsazx lockerroom lololyo123 loploprock losangeles lost4815162342 lothlorien lotrfotr34 love777321777 loveforever loveislife lovezp1314 lp2568cskt
lsia9dnb9y luansantana luckycharm lumberjack luojianhua lytdybrbdfvgbhf lytghjgtnhjdcr lzhan16889 m123456789 ma123123123 madagascar madagaskar magical123 mailcreated5240 maintenance
maisuradze management manchester manchester1 mandarinka mandragora mangust6403 mapet123456 mapleleafs maprchem56458 marcuseckos margherita mariamaria marinamarina marinochka markhegarty
mashamasha massimiliano masterbaiting masterbate masterbating mastercard masterchief mastermind masturbate masturbation matchbox20 matematica matematika mathematics mattylad10 maurolarastefy
maximilian maxmotives mechanical meditation metropolis mevefalkcakk michaeljackson mickeymouse microphone milfhunter millennium millerlite millertime millionaire minhasenha minicooper
minnesota_hp misiaczek1 mississippi mitsubishi moneymaker moneymoney monkeybutt montecarlo montenegro montgom240 montgomery morganstanley mortalkombat mostwanted motdepasse motherlode
motorcycle mousemouse msoracle32re msorcloledbr multimedia multiplelo multiplelog murcielago musiclover myjdxtcxks mypassword nastyanastya naughtyboy navigation nccpl25282 ne_e_pod_chehyl
necromancer necronomicon need4speed needforspeed nemvxyheqdd5oqxyxyzi nesterenko networkingpe neveragain nevergiveup neverwinter neworleans newpassword newproject2004 newzealand
nhbujyjvtnhbz nhecsyfujkjdt nhfdvfnjkju123 nhfrnjhbcn nhfycajhvths nick1234-rem936 nightcrawler nightmare1 nightshade nikolaevna nissan350z nokia6230i nokiadermo nondriversig noonehackme
nopassword nostradamus nottingham novosibirsk nthvbyfnjh nthvbyfnjh2 ntktdbpjh1994 nuaddn9561 nuttertools oc247ngucz olcrackmaster oldsmobile olegnaruto omgkremidia onetwothree ontheoutside
ontherocks opensesame orochimaru p0o9i8u7y6 painkiller paintball1 pandemonium paraklast1974 parliament parol12345 parolparol passmaster passtrader passwordassword passwordpassword
passwordstandard pathfinder peacemaker peanutbutter penetrating penetration peppermint percussion perfection performance performing peternorth peugeot406 pfhfnecnhf pfqwtd27121988 phezc419hv
philadelphia philippines philosophy pineapple1 pittsburgh playground playstatio playstation playstation2 playstation3 plhfdcndeq pointblank pointbreak polniypizdec0211 polniypizdec1102
polniypizdec110211 polopolo09 portishead portsmouth postov1000 powerpower premiumcash presidente prettygirl primetime21 prisonbreak production professional programmer progressive prometheus
prosperity protection psychnaut1 ptybnxtvgbjy puertorico pufunga7782 punksnotdead pyfrjvcndj q123456789 q1234567890 q1q2q3q4q5 q1w2e3r4t5y6u7 q1w2e3r4t5y6u7i8 q1w2e3r4t5y6u7i8o9p0 qawsedrftg
qawsedrftgyh qaz26101778 qazwsxedcrfv qazwsxedcrfvtgb qazwsxqazwsx qazxswedcvfr qpwoeiruty qq123456789 quant4307s queenas8151 quicksilver quiksilver qwaszxerdfcv qwe1234567 qwerasdfzxcv
qwertasdfg qwertasdfgzxcvb qwertgfdsa qwerttrewq qwerty123456789 qwertyasdfgh qwertyuiop qwertyuiop1 qwertyuiop10 qwertyuiop12 qwertyuiop123 qwertyuiop12345 qwertyytrewq r3vi3wpass
rainforest rammstein1 rangerover rashley198 rattlesnake realmadrid reanimator redemption residentevil respublika revelation reviewpass revolution reymysterio rfcgthcrbq rfgecnfcerf
rfhfrfnbwf rfhfvtkmrf rfkbajhybz rfkmrekznjh rfnfcnhjaf rfnfgekmnf rfnthbyf1988 rhbcnbyjxrf rhfcyjzhcr rhfvfnjhcr richardson riverplate rjhjkmbien rjirfrgbde rjkjrjkmxbr rjycnbnewbz
rjycnfynby rkfdbfnehf roadrunner rockandroll rockbottom rockhopper roflcopter romanroman ronaldinho ronaldinho10 rottweiler rubberduck runescape1 s123456789 s456123789 sacramento sagittarius
sailormoon salamander salamandra sanandreas sanfrancisco santamaria saqartvelo sashasasha sataniv1993 satisfaction saun24865709 scandinavian schoolgirlie schumacher scoubidou2 scoubidou6
sdh686drth sdicmt7seytn sebastian1 seemnemaailm selfok2013 seniseviyor serendipity sergeevich sersolution sevastopol shakespeare shamanking shelbygt500 shevchenko sidewinder silenthill
silverstone simferopol simpleplan skateboard skorpion39 smallville snusmumrik sojdlg123aljg solidsnake something1 sonnenschein sonyericsson soso123aljg spam967888 specialinsta specialist
springfield springsteen ss6z2sw6lu stalingrad starcraft2 starscream statistika steamforums stephanie1 stickdaddy77 stinkyfinger stomatolog stonehenge stratocaster strawberry streetball
stronghold studioworks studmuffin subscriber summertime sundaypunch sunderland sunflower1 sunglasses superduper supermanboy supermario supernatural superpower superpuper supersonic
supervisor sutvsc5ysaa svensps820 svetasveta sweetdream sweetdreams sweetheart sweetiepie sylviahans syncmaster systemofadown t34vfrc1991 t5r4e3w2q1 table54781 tadmichaels tamwsn3sja
taylormade tdfyutkbjy technician techniques technology telecaster television temppassword terminator thebeatles thecakeisalie thesimpsons thirteen13 thugstools thunderbird thundercat
ticketmaster tigertiger tigerwoods timberlake timberland timberwolf tinkerbell tokiohotel tombraider tottenham1 transformer transformers translator trustnoone tupacshakur tylerca310
ublhjgjybrf ubnkthrfgen ubvyfcnbrf ufhhbgjnnth ujkjdjkjvrf unbelievable uncencored undercover undergroun underground understand undertaker underwater underworld unforgiven uniqueness
universidad university userexecute utyyflmtdyf v123456789 vaffanculo valentinka vanyarespekt vbhjndjhtw venom121293 verygoodbot vfhbyfvfhbyf vfhufhbnrf vfhvtkflrf vflfufcrfh vfntvfnbrf
vfrcbvtyrj vfrcbvvfrcbv vfvfgfgf123 vfvfvskfhfve vfylfhbyrf villeneuve vinogradov virtuagirl vitalik123 vladimirovna vladislava vladivostok volkswagen volleyball voxstrange vqsablpzla
vsjasnel12 vyjujnjxbt w1w2w3w4w5 w2dlww3v5p wachtwoord walkman555 wallstreet warhammer40k washington waterfalls watermelon wazzkaprivet wcrfxtvgbjy webhompass websolutions websolutionssu
webuivalidat weihnachte weihnachten weihnachtsbau weihnachtsbaum wellington wenef45313 werty12345 wethepeople whatthehell whitepower whosyourdaddy widespread winchester winnipeg261
winstonone wishmaster wolverines wonderland wonderwall wonderwoman wrestling1 writerspace wwwooo1234 xiaoyua123 xpressmusic yanshi1982 ybrjkftdbx ybrjkftdyf yfcnhjtybt yfcnzyfcnz yfnfitymrf
yjdsqgfhjkm yoshimitsu z123456789 z1x2c3v4b5 z1x2c3v4b5n6m7 zaq12wsxcde3 zaq1xsw2cde3 zaqwsxcderfv zaratustra zcfvfzkexifz zcxfcnkbdf zcxfcnkbdfz zexts364325 zjses9evpa zqjphsyf6ctifgu
zx123456789 zxcasdqwe123 zxcvb12345 zxcvbasdfg zxcvbnm123456789 zxcvbnmmnbvcxz
`.trim().split(/\s+/))

export const COMMON_WORDS: ReadonlySet<string> = new Set(`
aardvark aaron abgrtyu abigail access accord action adam adgjmptw adidas admin adrian africa airborne airforce airplane alabama alaska albert alberto alejandr aleksandr alex alexande
alexander alexandr alexis alfred alicia alison allison alpha alpine always alyssa amanda amateur amber america american anakin anderson andre andrea andreas andrei andrew andrey andy angel
angela angelina angelo angels animal anna anthony antonio apache apollo apple apples april aragorn archie arizona arnold arsenal arthur artist asdasd asdf asdfasdf asdfg asdfgh asdfghj
asdfghjk asdfghjkl ashley assass assassin asshole assman athena atlanta atlantis audrey august aurora austin autumn avalon avatar awesome azerty babe babes baby babydoll babygirl babylon
badass badboy badger bailey baller balls bambam banana bandit barbara barbie barcelona barney baseball basket basketba bass bassman bastard batman baxter beach beagle bear beatles beauty
beaver beavis beer beetle benjamin benson berlin bernard bernie bertha bianca bigboy bigdaddy bigdog bigfoot bigmac bigman bigone bigred bill billy billybob birdie birthday bishop biteme
blabla black blackie blahblah blaster blazer blessed blizzard blonde blondie blue bluebird bluemoon bluesky bobafett bobbob bobby bobcat boeing bollocks bomber bondage bonehead bonnie booger
boogie boomer booty boston bowling bradley brandi brandon brandy braves brazil brenda brian brianna britney brittany bronco broncos brooke brooklyn brooks brother brown browns bruins brutus
bubba bubble bubbles buckeye buckeyes buddha buddy budlight buffalo bulldog bulldogs bullet bunny burger burton business buster butter butterfl butterfly butthead cactus cadillac caesar
callie calvin camaro cameron campbell canada cancer candy cannon cantona captain cardinal carlos carmen carolina caroline carrie carter cartman caserta casey casino casper cassie castle
catdog catfish cavalier cdtnkfyf celtic cessna champion chance chandler change changeme charger charles charlie charlott check cheese chelsea cherokee cherry cheryl chester chevelle chevy
cheyenne chicago chichi chicken chicks chiefs chipper chocolat chopper chris chrissy christ christia christian christin christop christy chronic chuck cjkysirj claire classic claudia
clifford clinton cobra cocacola coffee college colorado colors compaq computer concrete connect connie connor consumer control cookie cookies cool cooper copper corona corvette cotton cougar
country courtney cowboy cowboys coyote crazy cream creative cricket cristina crystal cthutq curious curtis daddy daisy dakota dallas dancer danger daniel daniela danielle danny darkness
darkside darkstar darren dave david dbrnjhbz death debbie december deedee defender deftones delta denise dennis denver design desire destiny detroit devildog devils dexter dfvgbh diablo
diamond diamonds diana diesel dietcoke digger digital dilbert dirty disney doctor dodge dodger dodgers doggie doggy dollar dolphin dolphins dominic domino donald donkey douglas dragon
dragons dream dreamer dreams driver drowssap drpepper drummer ducati dude dudley duke duncan dustin eagle eagles eatme eclipse eddie edward einstein elaine electric element elena elephant
elizabet elizabeth elvis emerald emily eminem empire energy engineer england enigma enjoy enter enterpri eric erotic escort eugene everton exigen explorer express extreme falcon family
fantasy farmer faster fatboy fatcat father fender fernando ferrari ferret fetish finger fire fireball firebird fireman fish fisher fishing fktrcfylh fktrctq flash flatron flipper florence
florida flower flowers fluffy flyers foobar football ford forest forever forget france francis frank frankie franklin freak freaky fred freddie freddy fredfred free freedom freeman freepass
freeuser french friday friend friends froggy funtime future fyfcnfcbz fylhtq gabriel galaxy galina galore gambit gandalf garcia garden garfield gateway gators geheim gemini general genesis
genius george georgia german germany geronimo gfhjkm ghbdtn ghbdtnbr giants gibson gilbert ginger giovanni girl girls gizmo global gloria goblue goddess godzilla goforit goldberg golden
goldfish goldie golf golfer goober good google gordon gracie graham great green greenday gregory griffin guinness guitar gundam gunner hacker hamilton hamlet hammer hamster hannah hansolo
happy hard hardcore hardon harley harold harris harrison harry harvey hawaii hawkeye head heather heaven hector hellfire hello help helpme hendrix hentai hercules herman hesoyam highland
hiphop history hitman hjvfirf hobbes hobbit hockey holden holiday holland holly hollywoo holmes home homer honda honey hongkong hooker hooters hornet horney horny horse horses hotdog hotrod
hotstuff hottie house houston howard hummer hunter hunting huskers ibanez icecream iceman iloveu iloveyou immortal impala indian indiana indians indigo inferno infinity insane inside integra
internet ireland irina ironman isabella isabelle island italia iwantu jack jackass jackie jackson jaguar jake jamaica james jamie january japan jasmin jasmine jason jasper jeff jeffrey
jennifer jenny jeremy jerome jerry jessica jessie jester jesus jimmy joanna joanne joejoe joey john johnny johnson joker jonathan jones jordan joseph joshua juice julian julie jumper jungle
junior jupiter justice justin justme juventus kaiser karate karen karina katana kathleen katie katrina kawasaki kelly kelsey kennedy kenneth kermit kevin killer kimberly king kingdom
kingkong kirill kissme kitten kitty klaster knicks knight kodiak kramer kristen kristin kristina lacrosse ladies ladybug lakers lancer larisa larry lasvegas laura lauren lawrence leather
legend legion lennon leonard leonardo leslie lestat letmein liberty lickme lifehack light lights lincoln linda lindsay lindsey lisa little liverpoo liverpool lizard logan logitech lolita
lollol london lonewolf long longhorn looking loser louise loulou love lovelove lovely loveme lover loverboy lovers loveyou lucifer lucky machine maddie maddog madison madman madmax madness
madonna maggie magic magnum maiden maksim malibu manager manson manuel manutd marathon marcel marcus margaret maria mariah marie marina marine marines marino mario marion mark markus
marlboro marley marshall martha martin martina marvin maryjane master matrix matt matthew maurice maverick maxima maximus maxwell melanie melissa member memphis mercedes mercury merlin
metallic metallica mexico michael michel michele michelle michigan mickey microsoft midnight mike miller millie million milton mine minecraft minnie miranda mission missy mister mistress
mitchell molly monday money mongoose monica monika monitor monkey monster montana montreal mookie moon moose morgan morpheus morris morrison mother motorola mountain mouse movie mozart
muffin mulder murphy music mustang mylove nadine napoleon naruto nascar nastya natali natalia natalie natasha nathan naughty nelson nemesis network newman newport newton newyork nfnmzyf
nicholas nick nicola nicolas nicole nikita nikki niners nintendo nipple nipples nirvana nissan nolimit none norman norton nothing november nugget nylons october office oksana olga oliver
olivia omega onelove online open openup orange orion orlando oscar outlaw overlord pacific packard packers pakistan paladin pamela panama pandora pantera panther panthers panties panzer
paradise paris parker party pascal pass passat passion passport passwor password patches patricia patrick patriots patton paul pavilion peace peaches peanut pearljam pebbles peekaboo peewee
pegasus pencil penguin pentium people pepper pepsi perfect personal pervert peter phantom philip philips phillip philly phoenix phpbb picard pickle pickles pierre piglet pimp pimpin pioneer
pirate pirates pitbull pizza planet plastic platinum playboy player please pleasure poison pokemon polaris police polina pontiac poohbear pookie poop poopoo popcorn popeye porsche portugal
potter power powers precious predator prelude presario pretty prince princess private psycho pumpkin purple pyramid qawsed qazqaz qazwsx qazwsxedc qazxsw qazxswedc qwaszx qweasd qweasdzxc
qweqwe qwert qwerty qwertyu qwertyui rabbit racecar rachel racing raider raiders rainbow random ranger rangers raptor rascal raven raymond razz reaper rebecca reddog redhead redman redneck
redrum redskins redsox redwings reggie regina remember renegade rhbcnbyf richard ripper robbie robert roberto rock rocker rocket rocks rockstar rocky rodney roland rolltide rommel ronald
ronaldo ronnie rooster roscoe rose rosebud rubber rulez runner ruslan russell russia rusty ryan sabrina sailing sailor saints sakura samantha sammie sammy sampson samson samsung samuel
samurai sandman sandra sandy sarah sasha saturn savage savannah scarface school scooby scooter scorpio scorpion scotland scott scotty scully seattle sebastia secret security seminole
semperfi serega serenity sergey sergio service seven shadow shaggy shalom shamrock shannon sharon sheila shelby shelly sherlock sherman sherry shirley shooter shorty shotgun sidney siemens
sierra silver simon simone simple simpson simpsons singer single sister skater skeeter skipper skippy skyline slayer slipknot smile smiles smiley smith smitty smoke smokey smooth snake
snakes snatch snickers sniper snoopy snowball snowman soccer softball software soldier sophia sophie spanky sparky spartak spartan special speed speedy spencer spider spiderma spiderman
spike spirit spitfire spooky sports spring sprite spunky spyder squirt srinivas stacey stalker stallion stanley star stargate stars startrek starwars stealth steelers stefan stella stephani
stephen sterling steve steven stewart sticky stinger stingray stinky stones storm stormy street strike student stupid subaru sublime success sugar summer sundance sunday sunny sunset
sunshine super superfly superman surfer susan suzuki svetlana sweet sweetie sweetpea sweety swimming swinger swordfis swordfish sydney sylvia system tanner target tarheels tarzan tattoo
taurus taylor teacher techno teen teens tennis teresa test tester testing testtest texas thailand theman theone therock thomas thuglife thumper thunder tickle tiffany tiger tigers tigger
timber time timothy tinker tintin titanic titans tomcat tommy tomtom tony topgun tornado toronto toshiba toyota transam travel travis trevor trfnthbyf trigger trinity tristan triumph trixie
trojan trombone trooper trouble truck trucker trucks trumpet trunks tucker turbo turkey turtle tweety tyler ultimate unicorn united unreal valentin valentina valera valerie vampire vanessa
vegeta veronica veronika vfhbyf vfrcbv vfvjxrf victor victoria victory video viking vikings viktor vincent viper virgin virginia vision vladimir voodoo voyager walker wallace walter wanker
warcraft warlock warren warrior water waters watson weasel webster weed welcome werewolf wesley westham westside whatever whiskey white whynot wicked wildcat wildcats william williams willie
willow wilson windows winner winnie winston winter wizard wolf wolfgang wolfpack wolverin wolves wombat wonder woody wordpass wrangler wutang xavier xfiles yamaha yankee yankees ybrbnf
yellow yfnfif yomama young yvonne zachary zaqwsx zeppelin zipper zombie zxcvbn zxcvbnm
aichi aishiteru aishiteiru akihabara anpanman arigato arigatou asahi ayumi baseball chiba daisuki denwa docomo doraemon fujisan fukuoka furusato gakkou ganbare ganbaro ganbarou genki gundam hanako hanshin haruka
hatsunemiku himawari himitsu hiroshima hitomi hokkaido ichigo ichiban inochi ishikawa itadakimasu itou japan kaisha kaiten kanagawa kawaii kazoku keiba keitai kimura kinjo kishida kitty kobayashi kobe kokoro
konnichiwa koukou kyoto kyouto kyushu maeda matsumoto mikan misaki miyazaki mizuho momotaro nagoya naruto natsume neko nihon niigata nintendo nippon nippori ohayou okinawa onepiece osaka pasuwaado pasuwado pikachu
pokemon rakuten ramen saitama sakura sapporo sasaki sato satou sendai shashin shibuya shigoto shinjuku shinkansen shizuoka shuhi shuuhi softbank sushi suzuki taiyou takahashi tanaka taro tenpo tetsuya tigers tomodachi
tottori toukyou toyota tsubame tsubasa wakaba watanabe yamada yamaguchi yamamoto yokohama yomiuri yoroshiku yoshida yuuki zutto
あいしてる ありがとう おはよう かいしゃ がんばる けいたい こんにちは さくら しごと だいすき てんぽ でんわ とうきょう にほん ねこ ひまわり ひみつ ふじさん ぱすわーど よろしく 日本 東京 桜 秘密 会社 電話 通信 研修 誓約 守秘 大阪 名古屋 株式会社
`.trim().split(/\s+/))
