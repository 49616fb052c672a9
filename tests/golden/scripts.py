"""Questions in Traditional script: the commonest characters that differ, for questions only."""

_PAIRS = """
万萬 与與 业業 东東 个個 临臨 为為 义義 乐樂 买買 乡鄉 书書 争爭 亏虧 产產 亩畝 亲親 亿億 从從 仅僅 价價 众眾 优優
会會 传傳 伤傷 体體 债債 储儲 儿兒 关關 养養 写寫 军軍 农農 冻凍 净淨 减減 几幾 凭憑 击擊 划劃 刘劉 则則 创創 办辦
务務 动動 劳勞 势勢 区區 医醫 华華 协協 单單 卖賣 卫衛 却卻 厂廠 厅廳 历歷 压壓 县縣 参參 双雙 发發 变變 叶葉 号號
吗嗎 听聽 员員 响響 园園 围圍 国國 图圖 圆圓 场場 坏壞 块塊 坚堅 坛壇 处處 备備 复復 头頭 夹夾 夺奪 奖獎 妇婦 娱娛
学學 孙孫 宁寧 实實 宠寵 审審 宪憲 宽寬 对對 导導 寿壽 将將 尔爾 尝嘗 层層 属屬 岁歲 岗崗 岭嶺 币幣 师師 帐帳 带帶
帮幫 干幹 并並 广廣 庄莊 庆慶 库庫 应應 废廢 开開 异異 张張 强強 当當 录錄 彻徹 径徑 怀懷 态態 总總 恶惡 惊驚
愿願 户戶 执執 扩擴 扫掃 扬揚 护護 报報 担擔 拟擬 择擇 挂掛 挥揮 损損 换換 据據 摆擺 数數 断斷 无無 旧舊 时時
显顯 晓曉 暂暫 术術 机機 权權 条條 来來 极極 构構 标標 栋棟 树樹 样樣 桥橋 检檢 楼樓 欢歡 残殘 气氣 汇匯 汉漢 沟溝
没沒 济濟 测測 浇澆 涨漲 渐漸 温溫 游遊 湾灣 满滿 灾災 炉爐 点點 烂爛 热熱 爱愛 爷爺 牵牽 独獨 环環 现現 电電 画畫
疗療 痒癢 盖蓋 盘盤 监監 种種 积積 称稱 稳穩 穷窮 竞競 笔筆 签簽 简簡 类類 粮糧 紧緊 纠糾 红紅 约約 级級 纪紀 纯純
纳納 纸紙 线線 练練 组組 细細 织織 终終 经經 结結 给給 统統 继繼 续續 绿綠 维維 综綜 缴繳 网網 罗羅 罚罰 职職 联聯
脏臟 节節 苏蘇 药藥 获獲 营營 蓝藍 虑慮 虽雖 补補 装裝 见見 规規 视視 觉覺 计計 订訂 认認 讨討 让讓 训訓 议議 记記
讲講 许許 论論 设設 访訪 证證 评評 识識 诉訴 词詞 试試 诗詩 话話 该該 详詳 语語 说說 请請 读讀 课課 谁誰 调調 谈談
谢謝 谷穀 贝貝 负負 财財 责責 败敗 货貨 质質 贫貧 购購 贵貴 贷貸 费費 资資 赔賠 赛賽 赶趕 车車 转轉 轮輪 软軟 轻輕
较較 辆輛 辈輩 输輸 边邊 达達 过過 运運 还還 这這 进進 远遠 违違 连連 迟遲 选選 递遞 邮郵 释釋 里裡 针針 钱錢 铁鐵
银銀 铺鋪 销銷 锁鎖 镇鎮 长長 门門 闭閉 问問 间間 闹鬧 队隊 阳陽 阴陰 阶階 际際 陆陸 险險 随隨 难難 雾霧 静靜 项項
顺順 须須 预預 领領 频頻 题題 颜顏 额額 风風 飞飛 饭飯 饮飲 馆館 马馬 驶駛 验驗 骗騙 鱼魚 鸡雞 麦麥 黄黃 龙龍 龄齡
"""
_TABLE = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})
_TRADITIONAL = {ord(pair[1]) for pair in _PAIRS.split() if pair[0] != pair[1]}


def traditional(text):
    """`text` as somebody in Hong Kong or Taiwan might type it; opens with 請問, so that no question
    stays in Simplified script for want of a character that differs."""
    text = text.translate(_TABLE)
    return text if any(ord(c) in _TRADITIONAL for c in text) else "請問" + text
