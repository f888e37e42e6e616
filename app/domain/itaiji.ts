/**
 * 異体字: characters that people's names use for one another. The first of each group is the one the folded column keeps. Written for
 * this product from the variants that 住民基本台帳 and personnel files mix up; two characters that make different names
 * (阪 and 坂, 崎 and 埼, 島 and 鳥) are never in one group.
 */
const GROUPS = `
高髙 崎﨑嵜﨧 辺邉邊 斉斎齊齋齐 吉𠮷 浜濱濵 橋𣘺槗 島嶋嶌 沢澤 広廣 国國圀 桜櫻 竜龍 滝瀧 渕淵渊 真眞 恵惠 徳德悳 富冨 峰峯 条條 来來 寿壽 実實 豊豐 栄榮 将將 静靜 黒黑 郎郞
芦蘆 鴎鷗 桧檜 桑桒 柳栁桺 柏栢 渋澁澀 稲稻 穂穗 縄繩 縁緣 緒緖 蔵藏 薗園 薮藪籔 船舩 頼賴 館舘 駅驛 鉄鐵鐡 関關 隣鄰 鶏鷄 鶴靏靍 麹麴 黄黃 学學斈 宝寶寳 寛寬 尭堯
峡峽 巌巖 帯帶 帰歸 弁辨辯瓣 弥彌 当當 応應 恒恆 戸戶 戻戾 抜拔 拝拜 挙擧 掲揭 旧舊 晃晄 暁曉 暦曆 松枩柗 栃杤 検檢 楼樓 様樣 横橫 槙槇 欧歐 歩步 毎每 気氣
沖冲 浅淺 浄淨 渇渴 済濟 渓溪 満滿 瀬瀨 灯燈 点點 焼燒 煕熙熈𤋮 献獻 瑶瑤 画畫 畳疊 発發 県縣 秋穐龝 称稱 穣穰 竈竃 粋粹 粛肅 糸絲 経經 絵繪 継繼 総總 緑綠
聡聰聦 脳腦 与與 舗舖 舎舍 茎莖 荘莊 薫薰 薬藥 虚虛 蛍螢 蝉蟬 衛衞 覚覺 覧覽 観觀 触觸 読讀 譲讓 軽輕 遥遙 郷鄕鄊 酔醉 釈釋 野埜 録錄 鋭銳 鎮鎭 険險 雑雜
霊靈 青靑 顔顏 顕顯 駆驅 騒騷 髄髓 鴬鶯 麦麥 黙默 齢齡 万萬 亀龜 予豫 争爭 亜亞 仮假 会會 伝傳 体體 侠俠 価價 倹儉 偽僞 児兒 党黨 円圓 写寫 処處 刈苅
剣劍劔劒 励勵 労勞 勲勳 区區 医醫 単單 参參 双雙 収收 叙敍敘 台臺 号號 喜㐂 営營 嘱囑 団團 囲圍 図圖 塩鹽 増增 壱壹 売賣 変變 奥奧 奨奬 嬢孃 専專 尚尙 尽盡
属屬 岳嶽 曽曾 梅楳 棋棊 昇曻 昿曠 虎乕 蕊蘂 裏裡 角⻆ 諫諌 迩邇 逓遞 遅遲 邨村 醤醬 采釆 銭錢 鋳鑄 閲閱 陥陷 随隨 隠隱 鰺鯵 巣巢 仏佛 乗乘 乱亂 両兩
並竝 冴冱 凛凜 勧勸 却卻 巻卷 庁廳 廃廢 弐貳 徴徵 従從 恋戀 悦悅 戦戰 戯戲 担擔 拠據 拡擴 択擇 捜搜 揺搖 摂攝 撃擊 数數 断斷 昼晝 晋晉 枢樞 栖棲 桟棧
桝枡 楽樂 概槪 権權 欝鬱 歯齒 歴歷 残殘 殻殼 毀毁 沈沉 況况 涙淚 湾灣 湿濕 潜潛 為爲 犠犧 独獨 狭狹 猟獵 瑠璢 瓶甁 産產 疎踈 痩瘦 痴癡 皐皋 砕碎 碍礙
礼禮 祢禰 秘祕 穏穩 窓窗 竪豎 篠筱 紘絋 続續 繊纖 罐缶 翠翆 聴聽 胆膽 脱脫 臓臟 艶艷 芸藝 莱萊 蒋蔣 蛎蠣 蛮蠻 装裝 褒襃 訳譯 証證 説說 誉譽 謡謠 贋贗
践踐 転轉 辞辭 鉱鑛 鈎鉤 闘鬪 雁鴈 韮韭 頚頸 飲飮 餅餠 餐飡 髯髥 魚𩵋 麺麵 兎兔 彦彥 柿柹 猪豬 縦縱 靱靭
`

/** Each variant and the character it is folded to. */
export const ITAIJI: ReadonlyMap<string, string> = (() => {
  const table = new Map<string, string>()
  for (const group of GROUPS.split(/\s+/)) {
    const [first, ...others] = [...group.normalize('NFKC')]
    for (const other of others) if (other !== first && !table.has(other)) table.set(other, table.get(first!) ?? first!)
  }
  return table
})()
