package rules

import "github.com/shopspring/decimal"

// Messages by the WhatsApp Business Platform.
var (
	whatsappWindow          = theBook.rule("whatsapp.window")
	whatsappConsent         = theBook.rule("whatsapp.consent")
	whatsappTemplate        = theBook.rule("whatsapp.template")
	whatsappCountries       = theBook.rule("whatsapp.marketing.blocked-countries")
	whatsappUnit            = theBook.rule("whatsapp.unit")
	whatsappCard            = theBook.rule("whatsapp.card")
	whatsappTiers           = theBook.rule("whatsapp.tiers")
	whatsappServicePrice    = theBook.rule("whatsapp.service.price")
	whatsappServiceFree     = theBook.rule("whatsapp.service.free-messages")
	whatsappUtilityInWindow = theBook.rule("whatsapp.utility.in-window")
	whatsappEntryPoint      = theBook.rule("whatsapp.entry-point")
	whatsappUnpricedAuth    = theBook.rule("whatsapp.authentication.unpriced-markets")
)

func whatsappKinds() []*messageKind {
	kind := func(t MessageType, check func(*evaluation, *Segment, *inspection), schedule func(*evaluation) *Schedule) *messageKind {
		return &messageKind{id: t, channel: ChannelWhatsApp, currency: "USD", check: check, price: priceWhatsApp, schedule: schedule}
	}
	return []*messageKind{
		kind(WhatsAppService, checkWhatsAppService, nil),
		kind(WhatsAppUtility, checkWhatsAppTemplate, scheduleWhatsApp),
		kind(WhatsAppAuthentication, checkWhatsAppTemplate, scheduleWhatsApp),
		kind(WhatsAppMarketing, checkWhatsAppMarketing, scheduleWhatsApp),
	}
}

func checkWhatsAppService(e *evaluation, seg *Segment, in *inspection) {
	in.available(e.kind)
	in.window(whatsappWindow, seg.Recency, whatsappWindow.latest(e.s.On).n)
}

func checkWhatsAppTemplate(e *evaluation, seg *Segment, in *inspection) {
	in.available(e.kind)
	in.gate("consent", whatsappConsent, told(seg.OptedIn))
	in.gate("template", whatsappTemplate, told(e.s.Message.Template.Approved))
}

func checkWhatsAppMarketing(e *evaluation, seg *Segment, in *inspection) {
	checkWhatsAppTemplate(e, seg, in)
	blocked := whatsappCountries.on(e.s.On)
	in.gate("country", whatsappCountries, told(Some(blocked == nil || !blocked.has(seg.Country))))
}

func priceWhatsApp(e *evaluation, i int, seg *Segment, q *SegmentQuote) bool {
	if e.s.On < e.firstDay(whatsappUnit, "message") {
		return e.priceConversations(i, seg, q)
	}
	return e.priceMessages(i, seg, q)
}

// firstDay is the day from which a rule has a value.
func (e *evaluation) firstDay(r *rule, value string) Date {
	for i := range r.facts {
		if r.facts[i].Value == value {
			return r.facts[i].Since
		}
	}
	return 0
}

// priceConversations prices by the 24-hour conversation: one a recipient, as
// all messages of a segment are taken as sent together.
func (e *evaluation) priceConversations(i int, seg *Segment, q *SegmentQuote) bool {
	free := seg.FreeEntryPoint && e.tariff(whatsappEntryPoint) != nil
	if e.kind.id == WhatsAppService && e.tariff(whatsappServicePrice) != nil {
		free = true
	}
	if free {
		q.Free = q.Deliverable
		return true
	}
	q.Charged = seg.Recipients.Or(0)
	if e.kind.id == WhatsAppService {
		return false
	}
	if e.kind.id == WhatsAppAuthentication && !authenticationPriced(seg.Country, e.s.On) {
		return false
	}
	c := e.kind.id.category()
	return e.chargeByCard(i, seg, c, q.Charged, nil)
}

// authenticationPriced reports whether the book has the authentication rates of
// a country: seven changed theirs between two cards.
func authenticationPriced(country string, on Date) bool {
	unpriced := whatsappUnpricedAuth.on(on)
	return unpriced == nil || !unpriced.has(country)
}

// category is the column of the rate cards that a type is priced by.
func (t MessageType) category() category { return category(t[len("whatsapp."):]) }

func (e *evaluation) priceMessages(i int, seg *Segment, q *SegmentQuote) bool {
	switch {
	case seg.FreeEntryPoint && e.tariff(whatsappEntryPoint) != nil:
		q.Free = q.Deliverable
	case e.kind.id == WhatsAppService:
		f := e.tariff(whatsappServicePrice)
		switch {
		case f == nil:
		case f.Value == "0":
			q.Free = q.Deliverable
		default:
			q.Free = min(e.serviceFreeLeft, q.Deliverable)
			e.serviceFreeLeft -= q.Free
		}
	case e.kind.id == WhatsAppUtility && seg.Recency.Within(whatsappWindow.latest(e.s.On).n):
		if f := e.tariff(whatsappUtilityInWindow); f != nil && f.Value == "0" {
			q.Free = q.Deliverable
		}
	}
	if q.Charged = q.Deliverable - q.Free; q.Charged == 0 {
		return true
	}
	c := e.kind.id.category()
	var counter *int64
	if c == utility || c == authentication {
		market := Market(seg.Country, e.s.On)
		if e.charged == nil {
			e.charged = map[string]int64{}
		}
		before, started := e.charged[market]
		if !started {
			before = e.s.Sender.ChargedThisMonth
		}
		e.charged[market] = before + q.Charged
		counter = &before
	}
	return e.chargeByCard(i, seg, c, q.Charged, counter)
}

// chargeByCard adds the lines for charged messages or conversations by the card
// of the day, one for each volume tier that they reach. The counter holds how
// many were charged before them in the month; nil means that tiers do not apply.
func (e *evaluation) chargeByCard(i int, seg *Segment, c category, charged int64, counter *int64) bool {
	name := e.tariff(whatsappCard)
	if name == nil {
		return false
	}
	market := Market(seg.Country, e.s.On)
	tiered := counter != nil && whatsappTiers.on(e.s.On) != nil
	list, ok := []rate(nil), false
	if c == authentication && e.s.Sender.InternationalAuth && seg.Country != e.s.Sender.Country {
		if list, ok = rates(name.Value, market, authInternational, tiered); ok {
			c = authInternational
		}
	}
	if !ok {
		if list, ok = rates(name.Value, market, c, tiered); !ok {
			return false
		}
	}
	tax := e.userTax()
	if !tiered {
		e.chargeAtRate(i, c, market, charged, &list[0], tax, false)
		return true
	}
	next, last := *counter+1, *counter+charged
	for k := range list {
		r := &list[k]
		end := last
		if r.to != 0 {
			end = min(last, r.to)
		}
		if next <= end {
			e.chargeAtRate(i, c, market, end-next+1, r, tax, true)
			next = end + 1
		}
	}
	return true
}

func (e *evaluation) chargeAtRate(i int, c category, market string, quantity int64, r *rate, tax decimal.Decimal, tiered bool) {
	l := e.charge(i, string(c), quantity, price{r.price, tax, false, whatsappCard})
	l.Market, l.Status = market, r.status
	if tiered {
		l.TierFrom = r.from
	}
}

// scheduleWhatsApp spreads templates over days by the messaging limit, which
// counts people outside the 24-hour window.
func scheduleWhatsApp(e *evaluation) *Schedule {
	limit, known := e.s.Sender.MessagingLimit.Get()
	if !known {
		return nil
	}
	var people int64
	for i := range e.s.Audience {
		seg := &e.s.Audience[i]
		if e.q.Segments[i].Deliverable > 0 && !seg.Recency.Within(whatsappWindow.latest(e.s.On).n) {
			people += seg.Recipients.Or(0)
		}
	}
	return &Schedule{limit, ceilDiv(people, limit)}
}
