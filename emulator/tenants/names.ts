/** Given and family names from many places; a person's name is one of each, so that lists look like a company's. */
export const givenNames = [
  'Aaliyah', 'Adriana', 'Agnieszka', 'Ahmed', 'Aiko', 'Alejandro', 'Amara', 'Anders', 'Anjali', 'Antoine', 'Ayşe', 'Beatriz', 'Björn',
  'Camille', 'Carlos', 'Chidi', 'Chloé', 'Dariusz', 'Deepa', 'Diego', 'Dilnoza', 'Élodie', 'Emeka', 'Esra', 'Fatima', 'Femke', 'Giulia',
  'Guðrún', 'Hana', 'Hassan', 'Henrik', 'Hiroshi', 'Ines', 'Ingrid', 'Ivana', 'Jakub', 'Jana', 'Javier', 'Jin', 'João', 'Jürgen', 'Kaito',
  'Katarzyna', 'Kofi', 'Lakshmi', 'Lars', 'Léa', 'Lin', 'Luca', 'Magdalena', 'Mai', 'Marek', 'Mariam', 'Mateus', 'Mehmet', 'Mila', 'Nadia',
  'Niamh', 'Nikolai', 'Noor', 'Olga', 'Oluwaseun', 'Omar', 'Paolo', 'Petra', 'Priya', 'Quang', 'Rafael', 'Ravi', 'Roisin', 'Sakura',
  'Samira', 'Sanjay', 'Signe', 'Sofia', 'Søren', 'Tadeusz', 'Thandiwe', 'Tomás', 'Ulla', 'Vasil', 'Wanjiru', 'Wei', 'Xiomara', 'Yara',
  'Yusuf', 'Zoltán', 'Zuzana',
] as const;

export const familyNames = [
  'Abdullah', 'Adeyemi', 'Andersson', 'Aydın', 'Bianchi', 'Bjarnason', 'Castro', 'Çelik', 'Chen', 'Costa', 'Dahl', 'Delacroix', 'Diallo',
  'Dvořák', 'Eze', 'Fernández', 'Fischer', 'García', 'González', 'Haddad', 'Hansen', 'Hernández', 'Horvat', 'Ibrahim', 'Iyer', 'Jansen',
  'Jensen', 'Kamau', 'Kaya', 'Kim', 'Kovács', 'Kowalski', 'Kumar', 'Larsen', 'Lefèvre', 'Lindqvist', 'Lopes', 'Mäkinen', 'Mbeki', 'Mensah',
  'Moreau', 'Müller', 'Murphy', 'Nakamura', 'Ndiaye', 'Nguyen', 'Novák', 'Nowak', 'Öberg', 'O’Brien', 'Okafor', 'Oliveira', 'Osei',
  'Pereira', 'Petrov', 'Popescu', 'Rahman', 'Reddy', 'Ricci', 'Romero', 'Rossi', 'Sato', 'Schneider', 'Sharma', 'Silva', 'Singh', 'Smirnova',
  'Suzuki', 'Tanaka', 'Tkachenko', 'Tran', 'van den Berg', 'Vargas', 'Virtanen', 'Wagner', 'Wang', 'Watanabe', 'Yamamoto', 'Yılmaz', 'Zhang',
] as const;

export const departments = [
  { name: 'Engineering', jobs: ['Software engineer', 'Test engineer', 'Engineering manager', 'Site reliability engineer'] },
  { name: 'Finance', jobs: ['Accountant', 'Financial controller', 'Payroll specialist'] },
  { name: 'Sales', jobs: ['Account manager', 'Sales engineer', 'Regional lead'] },
  { name: 'People', jobs: ['People partner', 'Recruiter'] },
  { name: 'Operations', jobs: ['Operations planner', 'Warehouse lead', 'Logistics coordinator'] },
  { name: 'Legal', jobs: ['Counsel', 'Privacy officer'] },
  { name: 'IT', jobs: ['Systems administrator', 'Support engineer', 'Security analyst'] },
] as const;

export const places = [
  { city: 'Lisbon', country: 'Portugal', code: 'PT' }, { city: 'Gdańsk', country: 'Poland', code: 'PL' }, { city: 'Rotterdam', country: 'Netherlands', code: 'NL' },
  { city: 'Nairobi', country: 'Kenya', code: 'KE' }, { city: 'Osaka', country: 'Japan', code: 'JP' }, { city: 'Toronto', country: 'Canada', code: 'CA' },
] as const;

/** What the companies' own applications are called. */
export const applicationNames = [
  'Absence calendar', 'Accounts payable export', 'Address book sync', 'Alert relay', 'Asset register', 'Badge printing', 'Benefits portal', 'Board papers',
  'Booking assistant', 'Budget planner', 'Build agents', 'Candidate tracker', 'Canteen orders', 'Catalogue feed', 'Change board', 'Claims intake',
  'Cold storage monitor', 'Compliance archive', 'Contract signing', 'Customer mirror', 'Data quality bot', 'Delivery slots', 'Design review', 'Device lending',
  'Dock scheduler', 'Document scanner', 'Employee survey', 'Energy meter', 'Event sign-up', 'Expense approvals', 'Field service', 'Fleet map', 'Forecast loader',
  'Freight quotes', 'Gift register', 'Helpdesk mail robot', 'Holiday rota', 'Incident bridge', 'Intranet search', 'Inventory count', 'Invoice reader',
  'Key cabinet', 'Knowledge base', 'Label maker', 'Lab results', 'Learning records', 'Legal hold', 'Loyalty points', 'Mail merge', 'Maintenance planner',
  'Meeting room panels', 'Mentoring match', 'News digest', 'Onboarding checklist', 'Order desk', 'Parking permits', 'Partner portal', 'Patch reports',
  'Price list', 'Procurement flow', 'Project hours', 'Quality audits', 'Quote builder', 'Release notes', 'Rental returns', 'Safety walk', 'Sales cockpit',
  'Sample tracker', 'Shift swap', 'Shipping labels', 'Sickness reports', 'Signage player', 'Skills matrix', 'Stock alerts', 'Supplier ratings',
  'Survey exporter', 'Telephone list', 'Travel desk', 'Vendor onboarding', 'Visitor log', 'Warehouse robots', 'Weekly figures', 'Workplace tickets',
] as const;
