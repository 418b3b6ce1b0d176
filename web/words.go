package main

// words are the few words that a page needs before or without the browser's
// program. All others belong to package app.
type words struct {
	Loading   string // name of the progress bar
	Failed    string // the program could not be fetched or started
	Retry     string
	Stopped   string // the program has ended by itself
	Reload    string
	NoScript  string
	NotFound  string
	GoToStart string
}

var wordsIn = map[string]words{
	"vi": {
		Loading:   "Đang tải máy tính giá",
		Failed:    "Chưa tải được máy tính giá. Hãy kiểm tra kết nối mạng. Những gì bạn đã nhập vẫn còn đây.",
		Retry:     "Thử lại",
		Stopped:   "Máy tính giá đã dừng vì lỗi. Hãy tải lại trang để dùng tiếp.",
		Reload:    "Tải lại",
		NoScript:  "Trang này cần JavaScript để tính giá theo số liệu của bạn. Mọi phép tính đều chạy ngay trên máy của bạn.",
		NotFound:  "Không có trang này.",
		GoToStart: "Về trang tính giá",
	},
	"en": {
		Loading:   "Loading the calculator",
		Failed:    "The calculator could not be loaded. Check your connection. What you entered is still here.",
		Retry:     "Try again",
		Stopped:   "The calculator stopped because of an error. Reload the page to go on.",
		Reload:    "Reload",
		NoScript:  "This page needs JavaScript to work out a price for your own numbers. Everything is worked out on your device.",
		NotFound:  "There is no such page.",
		GoToStart: "Go to the calculator",
	},
	"ru": {
		Loading:   "Калькулятор загружается",
		Failed:    "Не удалось загрузить калькулятор. Проверьте подключение. Всё, что вы ввели, осталось на месте.",
		Retry:     "Повторить",
		Stopped:   "Калькулятор остановился из-за ошибки. Обновите страницу, чтобы продолжить.",
		Reload:    "Обновить",
		NoScript:  "Чтобы посчитать цену по вашим данным, странице нужен JavaScript. Всё считается на вашем устройстве.",
		NotFound:  "Такой страницы нет.",
		GoToStart: "Перейти к калькулятору",
	},
}
