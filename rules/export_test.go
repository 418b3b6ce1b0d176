package rules

// TurningDays lists the days of the whole book on which anything begins, and
// the ones after anything ends.
func TurningDays() []Date { return turningDays(0, 99991231) }
