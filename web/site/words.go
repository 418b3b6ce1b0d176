package site

// Words are the few words that a page needs before or without the browser's
// program. All others belong to package app.
type Words struct {
	Loading string // name of the progress bar
	Failed  string // the program could not be fetched or started
	Retry   string
	Late    string // the scripts have not come
	Stopped string // the program has ended by itself
	Reload  string
	// The program has ended by itself twice.
	StoppedAgain string
	Afresh       string
	Link         string // name of the field with the link to what was entered
	NoScript     string
	NotFound     string
	GoToStart    string
}

// WordsIn are those of a language.
func WordsIn(lang string) Words { return wordsIn[lang] }

var wordsIn = map[string]Words{
	"vi": {
		Loading:      "Đang tải máy tính giá",
		Failed:       "Chưa tải được máy tính giá. Hãy kiểm tra kết nối mạng. Những gì bạn đã nhập vẫn còn đây.",
		Retry:        "Thử lại",
		Late:         "Máy tính giá chưa tải xong.",
		Stopped:      "Máy tính giá dừng vì lỗi. Những gì bạn đã nhập vẫn được giữ: tải lại trang để tiếp tục.",
		StoppedAgain: "Máy tính giá lại dừng vì lỗi. Bạn có thể bắt đầu lại từ đầu; hãy chép liên kết này nếu muốn giữ những gì đã nhập.",
		Afresh:       "Bắt đầu lại từ đầu",
		Link:         "Liên kết tới phép tính của bạn",
		Reload:       "Tải lại",
		NoScript:     "Trang này cần JavaScript để tính giá theo số liệu của bạn. Mọi phép tính đều chạy ngay trên máy của bạn.",
		NotFound:     "Không có trang này.",
		GoToStart:    "Về trang tính giá",
	},
	"en": {
		Loading:      "Loading the calculator",
		Failed:       "The calculator could not be loaded. Check your connection. What you entered is still here.",
		Retry:        "Try again",
		Late:         "The calculator has not loaded yet.",
		Stopped:      "The calculator stopped because of an error. What you entered is saved: reload to go on.",
		StoppedAgain: "The calculator stopped again because of an error. You can start afresh; copy this link if you want to keep what you entered.",
		Afresh:       "Start afresh",
		Link:         "Link to your calculation",
		Reload:       "Reload",
		NoScript:     "This page needs JavaScript to work out a price for your own numbers. Everything is worked out on your device.",
		NotFound:     "There is no such page.",
		GoToStart:    "Go to the calculator",
	},
	"ru": {
		Loading:      "Калькулятор загружается",
		Failed:       "Не удалось загрузить калькулятор. Проверьте подключение. Всё, что вы ввели, осталось на месте.",
		Retry:        "Повторить",
		Late:         "Калькулятор ещё не загрузился.",
		Stopped:      "Калькулятор остановился из-за ошибки. Всё, что вы ввели, сохранено: обновите страницу, чтобы продолжить.",
		StoppedAgain: "Калькулятор снова остановился из-за ошибки. Можно начать заново; скопируйте эту ссылку, если хотите сохранить введённое.",
		Afresh:       "Начать заново",
		Link:         "Ссылка на ваш расчёт",
		Reload:       "Обновить",
		NoScript:     "Чтобы посчитать цену по вашим данным, странице нужен JavaScript. Всё считается на вашем устройстве.",
		NotFound:     "Такой страницы нет.",
		GoToStart:    "Перейти к калькулятору",
	},
}
